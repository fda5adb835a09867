"""Name combo boxes that have no label of their own."""

from PySide6.QtWidgets import QComboBox


def name_choice(box: QComboBox, name: str) -> None:
    """Give a combo box a name; on Linux, Qt reports its value in place of it, so the name is the description too."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)
