"""Tests of ``gui/look``."""
