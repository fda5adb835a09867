"""Fold what removed layers did into the weights of the layers beside them, by linear least squares."""
