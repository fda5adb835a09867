"""Bring the translations up to date with the sentences: ``python -m tests.gui.translations`` (``make translations``).

Qt's lupdate reads the sentences from the window's sources, and those of the engine's records from a file that is
written for it; lrelease compiles the translations. Sentences without a translation are printed.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

import PySide6

from tests.gui.engine_sentences import engine_sentences

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
FILES = tuple(FOLDER / f"layerswarm_{language}.ts" for language in ("de", "en"))
_PLURALS_ONLY = "en"


def main() -> int:
    """Update and compile all files; return 1 where a translation is missing."""
    missing = 0
    for path in FILES:
        update(path)
        compile_translations(path, path.with_suffix(".qm"))
        for context, source in unfinished(path):
            missing += 1
            print(f"{path.name}: {context}: {source}")
    return 1 if missing else 0


def update(path: Path) -> None:
    """Add new sentences to a file and drop those that are no longer used."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = Path(scratch) / "engine_sentences.py"
        engine.write_text("".join(f"translate('engine', {text!r})\n" for text in engine_sentences()), encoding="utf-8")
        sources = [str(each) for each in sorted((ROOT / "gui").rglob("*.py"))]
        options = ["-no-obsolete", "-sort-messages", "-locations", "none", "-disable-heuristic", "similartext"]
        plurals = ["-pluralonly"] if path.stem.endswith(f"_{_PLURALS_ONLY}") else []
        _run("lupdate", *options, *plurals, *sources, str(engine), "-ts", str(path))


def compile_translations(path: Path, to: Path) -> None:
    """Write the form that Qt loads; a window that has loaded the file before keeps the old one."""
    with tempfile.TemporaryDirectory(dir=to.parent) as scratch:
        made = Path(scratch) / to.name
        _run("lrelease", str(path), "-qm", str(made))
        made.replace(to)


def translations(path: Path) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the translations by context and sentence: one for each plural form; none where it is missing."""
    return {(context, message.findtext("source", "")): _forms(message) for context, message in _messages(path)}


def unfinished(path: Path) -> list[tuple[str, str]]:
    """Return context and sentence of every missing translation."""
    return [key for key, forms in translations(path).items() if not forms or not all(forms)]


def _messages(path: Path) -> Iterator[tuple[str, ET.Element]]:
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _forms(message: ET.Element) -> tuple[str, ...]:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return ()
    return tuple(each.text or "" for each in translation.iter("numerusform")) or (translation.text or "",)


def _run(tool: str, *arguments: str) -> None:
    """Run a tool of Qt; the package has it beside its libraries, and some systems with a suffix."""
    folder = Path(PySide6.__file__).parent
    program = next(path for path in (folder / tool, folder / f"{tool}.exe") if path.is_file())
    subprocess.run([program, "-silent", *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
