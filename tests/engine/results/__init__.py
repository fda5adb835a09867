"""Tests of ``engine/results``."""
