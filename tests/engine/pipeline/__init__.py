"""Specifications of runs from end to end."""
