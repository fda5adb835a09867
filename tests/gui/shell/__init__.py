"""Tests of ``gui/shell``."""
