"""Charts drawn with pyqtgraph. A chart collects events and redraws at most ten times a second, only when visible."""
