"""Specifications of the search."""
