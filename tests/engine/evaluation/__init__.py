"""Specifications of the evaluation."""
