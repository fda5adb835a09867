"""Tests of ``gui/charts``."""
