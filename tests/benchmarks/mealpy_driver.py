"""Runs in mealpy's own environment: its PSO or WOA, with a fitness that is asked for over standard output.

Each candidate is one JSON line, a list of scores; its fitness comes back as one line. Nothing else is printed.

    python mealpy_driver.py ALGORITHM DIMENSIONS POPULATION EVALUATIONS SEED
"""

import json
import sys

from mealpy import PSO, WOA, FloatVar  # type: ignore[import-not-found]


def main() -> None:
    """Search."""
    algorithm = sys.argv[1]
    dimensions, population, evaluations, seed = map(int, sys.argv[2:6])
    answers = sys.stdout
    sys.stdout = sys.stderr

    def fitness(solution: list[float]) -> float:
        answers.write(json.dumps([float(score) for score in solution]) + "\n")
        answers.flush()
        return float(sys.stdin.readline())

    epochs = evaluations // population - 1  # the first population is scored before the first epoch
    kind = {"pso": PSO.OriginalPSO, "woa": WOA.OriginalWOA}[algorithm]
    problem = {
        "obj_func": fitness,
        "bounds": FloatVar(lb=[-1.0] * dimensions, ub=[1.0] * dimensions),
        "minmax": "min",
        "log_to": None,
    }
    kind(epoch=epochs, pop_size=population).solve(problem, seed=seed)


if __name__ == "__main__":
    main()
