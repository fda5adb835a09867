"""Tests of ``gui/pages``."""
