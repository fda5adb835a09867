"""Attach a unit to the annotation of a setting."""


def unit(name: str) -> dict[str, str]:
    """Return the value for a field's ``Meta(extra=...)``."""
    return {"unit": name}
