"""Tests of the engine's language."""
