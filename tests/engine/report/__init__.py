"""Specifications of the report."""
