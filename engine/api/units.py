"""The unit of a setting, where every reader of its annotation finds it."""


def unit(name: str) -> dict[str, str]:
    """What goes into a field's ``Meta(extra=...)``."""
    return {"unit": name}
