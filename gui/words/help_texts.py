"""The guide and the glossary as Markdown, from the folder of documents or, where the package is installed, from it."""

import re
from pathlib import Path

from gui.look.theme import RESOURCES

GUIDE, GLOSSARY = "guide", "glossary"
DOCUMENTS = (GUIDE, GLOSSARY)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BETWEEN_WORDS = re.compile(r"[^\w\- ]")


def help_text(name: str) -> str:
    """Return a document without links to files that are not among these documents."""
    text = _place_of(name).read_text(encoding="utf-8")
    return _LINK.sub(lambda found: found[0] if _leads_somewhere(found[2]) else found[1], text)


def document_of(link: str) -> str | None:
    """Return the document that a link leads to, or None."""
    name = link.partition("#")[0].removesuffix(".md")
    return name if name in DOCUMENTS else None


def anchor_of(heading: str) -> str:
    """Return the anchor by which links name a heading, as on the pages of source repositories."""
    return _BETWEEN_WORDS.sub("", heading.strip().lower()).replace(" ", "-")


def _leads_somewhere(link: str) -> bool:
    return link.startswith(("#", "https://", "http://")) or document_of(link) is not None


def _place_of(name: str) -> Path:
    packaged = RESOURCES / "help" / f"{name}.md"
    return packaged if packaged.is_file() else RESOURCES.parent / "docs" / f"{name}.md"
