"""Models in GGUF files, read by llama.cpp's rules and written out as plain safetensors."""
