"""Measure each decoder layer, and the effect of removing it alone."""
