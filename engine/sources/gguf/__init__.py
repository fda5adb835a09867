"""Convert models in GGUF files, read by llama.cpp's rules, to plain safetensors.

``conversion`` is the entry point. ``header`` and ``parts`` read the files, ``kinds`` refuses everything but language
models, ``config`` and ``families`` make the config (add a family there), ``weights`` checks the tensors against it,
and ``tokenizer`` builds the tokenizer.
"""
