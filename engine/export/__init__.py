"""The model that leaves: a streaming rewrite of the source's safetensors, with manifest, card and verification."""
