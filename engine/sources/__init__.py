"""Turn what a person names - a Hub id, a folder, an adapter, a GGUF file, ``demo`` - into plain safetensors."""
