"""Recognise chat templates whose time and memory are bounded by their input, whatever it is."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

_LONGEST = 1 << 16
"""Characters of a template that is looked at."""
_HARMLESS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Name, nodes.NSRef, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Test,
    nodes.CondExpr, nodes.Keyword, nodes.Continue, nodes.Break,
)  # fmt: skip
"""Nodes that do no more work than there is input."""
_JOINS = (nodes.Add, nodes.Concat)
"""Harmless where their result is written, but not where it is kept, since it could be doubled again and again."""
_FILTERS = frozenset(("trim", "tojson", "length", "string", "upper", "lower", "first", "last", "default", "safe"))
_METHODS = frozenset(("strip", "lstrip", "rstrip", "startswith", "endswith", "get"))
_FUNCTIONS = frozenset(("raise_exception", "namespace"))


@lru_cache(maxsize=32)
def is_plain(template: str) -> bool:
    """Return whether a template only walks through its messages once, with nothing that could loop or grow.

    Most templates of real models do more, such as templates with tools, and are not plain.
    """
    if len(template) > _LONGEST:
        return False
    try:
        parsed = ImmutableSandboxedEnvironment(extensions=[loopcontrols]).parse(template)
    except (TemplateError, RecursionError):
        return False
    try:
        return all(_is_plain(node, ()) for node in parsed.iter_child_nodes())
    except RecursionError:
        return False


def _is_plain(node: nodes.Node, loops: tuple[str, ...]) -> bool:
    """Return whether a node is plain inside of loops with these variables."""
    inner = loops
    match node:
        case nodes.For():
            if not _walks_input(node, loops) or not isinstance(node.target, nodes.Name):
                return False
            inner = (*loops, node.target.name)
        case nodes.Assign():
            if any(isinstance(part, _JOINS) for part in _parts(node.node)):
                return False
        case nodes.Filter():
            if node.name not in _FILTERS or not all(isinstance(given, nodes.Const) for given in node.args):
                return False
            if node.kwargs or node.dyn_args or node.dyn_kwargs or (node.args and node.name != "default"):
                return False
        case nodes.Call():
            if not _calls_harmless(node):
                return False
        case _:
            if not isinstance(node, (*_HARMLESS, *_JOINS)):
                return False
    return all(_is_plain(child, inner) for child in node.iter_child_nodes())


def _walks_input(loop: nodes.For, loops: tuple[str, ...]) -> bool:
    """Return whether a loop goes through a variable, or inside of another through a part of that loop's variable."""
    source: Any = loop.iter
    while isinstance(source, nodes.Getattr | nodes.Getitem):
        source = source.node
    known = isinstance(source, nodes.Name) and not loop.recursive
    return known and (not loops or (len(loops) == 1 and source.name == loops[0] and source is not loop.iter))


def _calls_harmless(call: nodes.Call) -> bool:
    if call.dyn_args or call.dyn_kwargs:
        return False
    if isinstance(call.node, nodes.Getattr):
        return call.node.attr in _METHODS
    return isinstance(call.node, nodes.Name) and call.node.name in _FUNCTIONS


def _parts(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _parts(child)
