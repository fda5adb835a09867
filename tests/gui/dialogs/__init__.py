"""Tests of ``gui/dialogs``."""
