"""A population of removal sets becomes scores: the hot path, and the thing we are best at."""
