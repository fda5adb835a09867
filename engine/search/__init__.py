"""Searchers that ask for candidates and are told their fitness. Numpy only: no model, no torch."""
