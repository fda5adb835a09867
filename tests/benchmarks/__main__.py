"""Run the benchmarks, write their JSON and print their tables: ``python -m tests.benchmarks``.

    python -m tests.benchmarks --list
    python -m tests.benchmarks --only peers --only window
    python -m tests.benchmarks --quick --out FOLDER
    python -m tests.benchmarks --only peers --show

Without ``--out`` the JSON is written to docs/benchmarks. ``--show`` prints the tables of that JSON and measures
nothing. ``--resume`` continues an interrupted recovery_accuracy or format_matrix. ``--quick`` runs on tiny inputs; it
shows that the code works, but its figures are meaningless.
"""

import argparse
import json
import sys
import tempfile
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.markdown import markdown_table, write_json
from tests.benchmarks.section import SECTIONS, Bench, Content, Section, load_section

if TYPE_CHECKING:
    from tests.benchmarks.subject import Subject

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "benchmarks"


def main() -> int:
    """Parse the command line and list, show or run sections; return 1 when a section failed."""
    given = _arguments()
    names = given.only or SECTIONS
    if given.list:
        print("\n".join(SECTIONS))
    elif given.show:
        for name in names:
            show(name, given.out)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            return _run_all(names, Path(scratch), given)
    return 0


def run(name: str, bench: Bench, out: Path) -> None:
    """Run a section, write its JSON to ``out`` whenever a part is added, and print its tables."""
    print(f"\n## {name}\n", flush=True)
    section, path = load_section(name), out / f"{name}.json"
    if reason := skip_reason(section, bench):
        print(f"Skipped: {reason}")
        return
    content: Content = {}
    for content in section.measure(bench):
        write_json(path, content)
    if section.picture is not None:
        path.with_suffix(".svg").write_text(section.picture(content))
    print_tables(section, content)


def skip_reason(section: Section, bench: Bench) -> str:
    """Return why a section cannot run here, or an empty string."""
    if section.needs_texts and (missing := bench.subject.texts.missing):
        return f"{missing[0]} is missing; the shared texts belong beside the checkout."
    return ""


def _run_all(names: Sequence[str], scratch: Path, given: argparse.Namespace) -> int:
    """Run sections; when one fails, print why and continue with the next."""
    subject, failed = cache(lambda: _subject(scratch, given.quick)), []
    for name in names:
        known = _known(given.out / f"{name}.json") if given.resume else None
        try:
            run(name, Bench(subject, given.work, given.quick, given.thorough, known), given.out)
        except Exception:
            traceback.print_exc()
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _subject(folder: Path, quick: bool) -> "Subject":
    from tests.benchmarks.subject import demo_subject, tiny_subject  # loads torch, which not every section needs

    return tiny_subject(folder) if quick else demo_subject()


def show(name: str, folder: Path) -> None:
    """Print the tables of the JSON in ``folder``."""
    path = folder / f"{name}.json"
    print(f"\n## {name}\n")
    if path.is_file():
        print_tables(load_section(name), json.loads(path.read_text()))
    else:
        print(f"There is no {path.name} in {folder}.")


def print_tables(section: Section, content: Content) -> None:
    """Print a section's results as Markdown."""
    print("\n".join(map(markdown_table, section.tables(content))), flush=True)


def _known(path: Path) -> Content | None:
    if not path.is_file():
        return None
    content: Content = json.loads(path.read_text())
    return content


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="list the sections and exit")
    parser.add_argument("--only", action="append", choices=SECTIONS, metavar="NAME", help="run this section only")
    parser.add_argument("--quick", action="store_true", help="run on tiny inputs")
    parser.add_argument("--thorough", action="store_true", help="try every family in format_matrix (hours)")
    parser.add_argument("--resume", action="store_true", help="keep what the JSON of an interrupted call holds")
    parser.add_argument("--show", action="store_true", help="print the tables of the JSON in --out")
    parser.add_argument("--out", type=Path, help="folder of the JSON (docs/benchmarks; required with --quick)")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "layerswarm-benchmarks", help="folder for weights"
    )
    given = parser.parse_args()
    if given.quick and given.out is None:
        parser.error("--quick needs --out, so that it cannot overwrite the committed results")
    given.out = given.out or DOCS
    return given


if __name__ == "__main__":
    sys.exit(main())
