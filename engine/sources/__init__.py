"""Turn a source - a Hub id, a folder, an adapter, a GGUF file or ``demo`` - into a folder of plain safetensors.

Start at ``resolve.resolve_source``. ``hub`` downloads, ``adapter`` merges, ``quantised`` dequantises and ``gguf``
converts, each once into a folder of the cache (``made_folder``); ``suitability`` decides whether LayerSwarm can prune
the model in a folder.
"""
