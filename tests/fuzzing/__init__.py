"""Random damage for every reader of files that somebody else may have made."""
