"""Specifications of the calibration."""
