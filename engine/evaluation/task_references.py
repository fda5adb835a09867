"""Check that lm-eval task files refer to files in their own folder only, which is what the person has allowed."""

from collections.abc import Iterator
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from engine.api.errors import BadInput
from engine.api.locations import real_path
from engine.api.message import worded

_FUNCTION, _INCLUDE = "!function", "include"


def check_within(folder: Path) -> None:
    """Check the references of all task files in a folder.

    Raises:
        BadInput: A file includes another, or names a function of one, outside of the folder.
    """
    folder = real_path(folder)
    for file in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")}):
        for named, path in _references(file):
            if not real_path(path).is_relative_to(folder):
                raise BadInput(
                    worded(
                        "{0} refers to '{1}', which is outside {2}; copy what it needs into the folder.",
                        file,
                        named,
                        folder,
                    )
                )


def _references(file: Path) -> Iterator[tuple[str, Path]]:
    """Yield what a task file refers to, as written and as a path; nothing where lm-eval will refuse the file."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return
    open_nodes, seen = [root], set()
    while open_nodes:
        node = open_nodes.pop()
        if node is None or id(node) in seen:  # an anchor may contain itself
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                open_nodes += [key, value]
                if key.value == _INCLUDE:
                    yield from ((name, file.parent / name) for name in _scalars(value))
        elif isinstance(node, yaml.SequenceNode):
            open_nodes += node.value
        elif node.tag == _FUNCTION:
            module = node.value.rpartition(".")[0]
            yield node.value, file.parent / f"{module.replace('.', '/')}.py"


def _scalars(node: yaml.Node) -> Iterator[str]:
    """Yield the text of a scalar, or of each in a list."""
    for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(each, yaml.ScalarNode):
            yield each.value
