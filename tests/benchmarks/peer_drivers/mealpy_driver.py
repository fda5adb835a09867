"""Run PSO or WOA of mealpy in its own environment, with a fitness computed by the parent process.

Each candidate is written to standard output as one JSON line, a list of scores; its fitness is read back as one line.
Nothing else is printed.

    python mealpy_driver.py ALGORITHM DIMENSIONS POPULATION EVALUATIONS SEED
"""

import json
import sys

from mealpy import PSO, WOA, FloatVar  # type: ignore[import-not-found]


def main() -> None:
    """Search."""
    algorithm = sys.argv[1]
    dimensions, population, evaluations, seed = map(int, sys.argv[2:6])
    candidates = sys.stdout
    sys.stdout = sys.stderr

    def fitness(solution: list[float]) -> float:
        candidates.write(json.dumps([float(score) for score in solution]) + "\n")
        candidates.flush()
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
