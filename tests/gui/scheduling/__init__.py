"""Tests of ``gui/scheduling``."""
