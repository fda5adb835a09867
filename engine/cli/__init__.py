"""The `layerswarm` command."""
