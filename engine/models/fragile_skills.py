"""Recognise models that reason or call tools, which suffer most from removed layers."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.plurals import all_of
from engine.api.regular_files import read_regular
from engine.model_files.folder_content import read_json

_SIGNS = {
    worded("reasons step by step"): ("<think>", "enable_thinking", "reasoning_content"),
    worded("calls tools"): ("tool_call", "tools"),
}
"""What a chat template mentions if its model has a skill."""
_LARGEST = 1 << 24
"""Bytes of a chat template that is looked at."""
_SOURCE = "https://arxiv.org/abs/2510.22228"


def fragile_skills_note(folder: Path) -> str:
    """Return a sentence of warning for a model whose chat template shows such a skill; else an empty text."""
    template = "\n".join(_templates(folder))
    skills = [skill for skill, signs in _SIGNS.items() if any(sign in template for sign in signs)]
    if not skills:
        return ""
    return worded(
        "By its chat template, this model {0}: removing layers hurts such skills first, before perplexity "
        "shows it ({1}), so test them on the smaller model.",
        all_of(skills),
        _SOURCE,
    )


def _templates(folder: Path) -> Iterator[str]:
    """Yield the chat templates of a model folder; unreadable files are the tokenizer's concern."""
    for path in (folder / "chat_template.jinja", *sorted((folder / "additional_chat_templates").glob("*.jinja"))):
        if path.is_file():
            with suppress(BadInput, OSError):
                yield read_regular(path, _LARGEST).decode(errors="replace")
    for name in ("chat_template.json", "tokenizer_config.json"):
        yield from _held(folder / name)


def _held(file: Path) -> Iterator[str]:
    try:
        held = read_json(file).get("chat_template")
    except BadInput:
        return
    named = held if isinstance(held, list) else [{"template": held}]
    yield from (each["template"] for each in named if isinstance(each, dict) and isinstance(each.get("template"), str))
