"""Short names of the search algorithms."""

from PySide6.QtCore import QCoreApplication


def algorithm_name(algorithm: str) -> str:
    """Return a short name; an unknown algorithm keeps its key."""
    names = {
        "pso": "PSO",
        "woa": "WOA",
        "textbook_pso": _tr("Textbook PSO"),
        "textbook_woa": _tr("Textbook WOA"),
        "evolution": _tr("Evolution"),
        "greedy": _tr("Greedy"),
        "block_influence": _tr("Block Influence"),
        "angular": _tr("Angular distance"),
        "random": _tr("Random"),
    }
    return names.get(algorithm, algorithm.replace("_", " "))


def _tr(text: str) -> str:
    return QCoreApplication.translate("algorithm_names", text)
