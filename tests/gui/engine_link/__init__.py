"""Tests of ``gui/engine_link``."""
