"""Printing on the terminal."""

from rich.console import Console


def plain_console(stderr: bool = False) -> Console:
    """A console that prints words as they are: rich would read ``[x]`` in a name as markup and ``:cat:`` as a picture.

    What is to be bold or dim is given a style, or is a ``Text``.
    """
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
