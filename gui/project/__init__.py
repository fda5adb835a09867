"""The open project: its settings, runs and state."""
