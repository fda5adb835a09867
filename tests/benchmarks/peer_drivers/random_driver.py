"""Stand-in for mealpy in the quick form: random candidates over the same protocol as ``mealpy_driver.py``.

python random_driver.py ALGORITHM DIMENSIONS POPULATION EVALUATIONS SEED
"""

import json
import random
import sys


def main() -> None:
    """Ask for the fitness of random candidates."""
    dimensions, _population, evaluations, seed = map(int, sys.argv[2:6])
    rng = random.Random(seed)
    for _ in range(evaluations):
        print(json.dumps([rng.uniform(-1.0, 1.0) for _ in range(dimensions)]), flush=True)
        float(sys.stdin.readline())


if __name__ == "__main__":
    main()
