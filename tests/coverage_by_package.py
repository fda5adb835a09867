"""Print the coverage of each package as a Markdown table: ``python -m tests.coverage_by_package coverage.json``."""

import json
import sys
from collections import defaultdict
from pathlib import Path


def main(report: Path) -> None:
    """Read the JSON report of coverage.py and print one row for each package of the engine and room of the window."""
    files = json.loads(report.read_text())["files"]
    statements: dict[str, int] = defaultdict(int)
    covered: dict[str, int] = defaultdict(int)
    for name, content in files.items():
        for package in (package_of(name), "all"):
            statements[package] += content["summary"]["num_statements"]
            covered[package] += content["summary"]["covered_lines"]
    print("| package | statements | covered |\n| --- | ---: | ---: |")
    for package in sorted(statements, key=lambda each: (each == "all", each)):
        print(f"| {package} | {statements[package]:,} | {100 * covered[package] / statements[package]:.1f} % |")


def package_of(name: str) -> str:
    """Return ``engine/search`` for a module in it, and ``engine`` or ``gui`` for modules directly below these."""
    parts = Path(name).parts
    return "/".join(parts[: min(2, len(parts) - 1)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
