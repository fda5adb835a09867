"""Score populations of removal sets: the hot path of a search."""
