"""Tests of ``gui/project``."""
