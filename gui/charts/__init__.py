"""pyqtgraph views. Each takes the events of its kind and redraws at most ten times a second, only when visible."""
