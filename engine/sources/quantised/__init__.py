"""Quantised weights, found by their tensors and written out as plain numbers."""
