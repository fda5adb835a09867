"""Dialogs that need an answer before the work continues."""
