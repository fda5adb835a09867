"""Tests of ``gui/words``."""
