"""Specifications of fitness evaluation."""
