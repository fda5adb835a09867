"""Tests of ``gui/widgets``."""
