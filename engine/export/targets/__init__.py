"""One module for each format that a model can leave in; ``registry`` has them all."""
