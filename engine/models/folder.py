"""A model folder: config.json, tokenizer files and safetensors weights, the only form that the engine works on."""

import copy
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.api.regular_files import open_regular, read_regular
from engine.model_files.folder_content import LARGEST_JSON, read_json, weight_headers

_SAMPLE_BYTES = 4096
_TIED = "tie_word_embeddings"


@dataclass(frozen=True)
class ModelFolder:
    """A checked model folder, ready for use."""

    path: Path
    name: str
    """Short name, for display and for file names."""
    source: str
    """What the user gave: ``demo``, a Hub id, a folder or a GGUF file."""
    digest: str
    """16 hex characters that change with the config or the tensors (``folder_digest``)."""
    untied: bool = False
    """Whether the weights hold an LM head of their own although config.json ties it to the embedding."""

    def config(self) -> dict[str, Any]:
        """Return a copy of the content of config.json, with the head untied if the weights show that it is.

        The file is read once, so later changes to it do not affect this folder, which ``digest`` identifies.

        Raises:
            BadInput: The file cannot be read.
        """
        config = copy.deepcopy(self._stored_config)
        if self.untied:
            nested = [value for value in config.values() if isinstance(value, dict) and _TIED in value]
            for section in (config, *nested):
                section[_TIED] = False
        return config

    @cached_property
    def _stored_config(self) -> dict[str, Any]:
        return read_json(self.path / "config.json")


def folder_digest(folder: Path) -> str:
    """Return 16 hex characters of the SHA-256 of config.json, the safetensors headers and a sample of every tensor.

    Fine-tunes of one model have the same headers, so the beginning of each tensor is hashed too: a few megabytes of a
    large model. File names and times are ignored: a copy of a model is the same model.

    Raises:
        BadInput: A weight file is missing or damaged.
    """
    digest = hashlib.sha256(read_regular(folder / "config.json", LARGEST_JSON))
    for file, header in weight_headers(folder):
        digest.update(repr((header.tensors, file.stat().st_size)).encode())
        with open_regular(file) as stream:
            for tensor in header.tensors:
                stream.seek(tensor.start)
                digest.update(stream.read(min(tensor.size, _SAMPLE_BYTES)))
    return digest.hexdigest()[:16]
