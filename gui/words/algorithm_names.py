"""What the search algorithms are called where there is little room."""

from PySide6.QtCore import QCoreApplication


def algorithm_name(algorithm: str) -> str:
    """A short name; one that this version does not know stays as it is written."""
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
