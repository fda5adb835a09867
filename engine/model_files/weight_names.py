"""Find the weight files of a model as transformers does: one file, or an index and the files that it names.

The rules follow ``transformers.modeling_utils`` and hold for folders and Hub repositories alike.
"""

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded

SINGLE_FILE = "model.safetensors"
INDEX_FILE = "model.safetensors.index.json"
EXPLICIT_KEY = "transformers_weights"
"""Key of config.json that names a file or an index other than the two above."""
ADAPTER_CONFIG = "adapter_config.json"
ADAPTER_WEIGHTS = "adapter_model.safetensors"
"""The two files of a PEFT adapter."""
_WEIGHTS = ".safetensors"
_INDEX = ".safetensors.index.json"


def weights_entry(config: Mapping[str, Any], has: Callable[[str], bool], where: object) -> str | None:
    """Return the name of the weight file or index to load, or None if there is neither.

    A file that the config names need not exist.

    Args:
        config: The content of config.json.
        has: Returns whether the folder or repository holds a file of this name.
        where: The location of the config, for error messages.

    Raises:
        BadInput: The config names a file that is neither safetensors nor an index, or that lies outside the folder.
    """
    explicit = config.get(EXPLICIT_KEY)
    if explicit is None:
        return next((name for name in (SINGLE_FILE, INDEX_FILE) if has(name)), None)
    if not isinstance(explicit, str) or not explicit.endswith((_WEIGHTS, _INDEX)):
        raise BadInput(
            worded(
                "{0} names '{1}' as the weights ({2}), which is neither a safetensors file nor an index "
                "of such files; name one, or delete the line.",
                where,
                explicit,
                EXPLICIT_KEY,
            )
        )
    name = posixpath.normpath(explicit)
    if "\\" in name or name.startswith(("/", "../")):
        raise BadInput(
            worded(
                "{0} names '{1}' as the weights ({2}), which is outside the model's folder; name a file in it.",
                where,
                explicit,
                EXPLICIT_KEY,
            )
        )
    return name


def is_index(name: str) -> bool:
    """Return whether ``name`` is an index rather than weights."""
    return name.endswith(_INDEX)


def names_in_index(index: Mapping[str, Any], where: object) -> list[str]:
    """Return the names of the weight files that an index lists, in order.

    Args:
        index: The content of the index.
        where: The location of the index, for error messages.

    Raises:
        BadInput: The index lists no files, or one that is not the plain name of a safetensors file.
    """
    weight_map = index.get("weight_map")
    if not isinstance(weight_map, dict) or not weight_map:
        raise BadInput(worded("{0} has no weight map; download or copy the model again.", where))
    for name in weight_map.values():
        _check_name(name, where)
    return sorted(set(weight_map.values()))


def _check_name(name: object, where: object) -> None:
    plain = isinstance(name, str) and not {"/", "\\", "\0"} & set(name)
    if not plain:
        raise BadInput(
            worded(
                "{0} names '{1}' as a weight file, which is not the plain name of a file beside it; the "
                "index is damaged or malicious, so download the model from another source.",
                where,
                name,
            )
        )
    if not str(name).endswith(_WEIGHTS):
        raise BadInput(
            worded(
                "{0} names '{1}' as a weight file, which is not a safetensors file; LayerSwarm opens no "
                "other kind, so save the model again with save_pretrained() of a current transformers.",
                where,
                name,
            )
        )
