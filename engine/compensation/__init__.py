"""Fold what removed layers did into the weights of the layers before them: one linear least-squares problem per gap."""
