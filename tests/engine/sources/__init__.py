"""Tests of ``engine/sources``."""
