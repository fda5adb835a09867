"""Export a model: a streaming rewrite of the source's safetensors, with manifest, model card and verification."""
