"""LayerSwarm's tests, mirroring the packages."""
