"""Write the export formats, one module each; ``registry`` finds them."""
