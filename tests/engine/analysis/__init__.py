"""Specifications of the analysis."""
