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

from engine.api.errors import BadInput
from engine.api.message import joined
from engine.models.waiting_threads import limit_spinning
from tests.benchmarks.markdown import markdown_table, write_json
from tests.benchmarks.section import SECTIONS, Bench, Content, Section, load_section

if TYPE_CHECKING:
    from tests.benchmarks.subject import Subject

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "benchmarks"


def main() -> int:
    """Parse the command line and list, show or run sections; return 1 when a section failed."""
    given = _arguments()
    limit_spinning()
    names = given.only or SECTIONS
    if given.list:
        print("\n".join(SECTIONS))
    elif given.show:
        shown = [show(name, given.out) for name in names]
        return 0 if all(shown) else 1
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
    return section.obstacle(bench)


def _run_all(names: Sequence[str], scratch: Path, given: argparse.Namespace) -> int:
    """Run sections; when one fails, print why and continue with the next."""
    subject, failed = cache(lambda: _subject(scratch, given.quick)), []
    for name in names:
        try:
            known = _known(given.out / f"{name}.json") if given.resume else None
            run(name, Bench(subject, given.work, given.quick, given.thorough, known), given.out)
        except BadInput as error:
            print(error, file=sys.stderr)
            failed.append(name)
        except Exception:
            traceback.print_exc()
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _subject(folder: Path, quick: bool) -> "Subject":
    from tests.benchmarks.subject import demo_subject, tiny_subject  # loads torch, which not every section needs

    return tiny_subject(folder) if quick else demo_subject()


def show(name: str, folder: Path) -> bool:
    """Print the tables of the JSON in ``folder``; return whether it holds whole results."""
    path = folder / f"{name}.json"
    print(f"\n## {name}\n")
    try:
        content = _known(path)
        tables = load_section(name).tables(content) if content is not None else ()
        print("\n".join(map(markdown_table, tables)) or f"There is no {path.name} in {folder}.", flush=True)
    except BadInput as error:
        print(error, file=sys.stderr)
        return False
    except (LookupError, TypeError):
        print(f"{path} holds only part of the results.", file=sys.stderr)
        return False
    return content is not None


def print_tables(section: Section, content: Content) -> None:
    """Print a section's results as Markdown."""
    print("\n".join(map(markdown_table, section.tables(content))), flush=True)


def _known(path: Path) -> Content | None:
    """Return the results in a file; None where there is none.

    Raises:
        BadInput: The file is damaged.
    """
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text())
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise BadInput(joined(f"{path} is damaged; delete it to measure anew."))
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
    measures = not (given.list or given.show)
    if measures and given.quick and given.out is None:
        parser.error("--quick needs --out, so that it cannot overwrite the committed results")
    given.out = given.out or DOCS
    if measures and (reason := _unwritable(given.out)):
        parser.error(f"{given.out} cannot be written to ({reason}); choose another folder with --out")
    return given


def _unwritable(folder: Path) -> str:
    """Return why results cannot be written into a folder, or an empty string."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


if __name__ == "__main__":
    sys.exit(main())
