"""Tests of what a model's files state about themselves."""
