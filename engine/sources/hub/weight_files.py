"""Choose the weight files of a Hub repository: exactly those that its config and index name."""

from collections.abc import Callable, Collection
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import Message, worded, worded_count
from engine.model_files.folder_content import read_json
from engine.model_files.weight_names import (
    ADAPTER_CONFIG,
    ADAPTER_WEIGHTS,
    INDEX_FILE,
    SINGLE_FILE,
    is_index,
    names_in_index,
    weights_entry,
)

_CONFIG = "config.json"


def is_adapter(names: Collection[str]) -> bool:
    """Return whether these files form an adapter; an adapter beside a complete model is ignored."""
    return ADAPTER_CONFIG in names and not {SINGLE_FILE, INDEX_FILE} & set(names)


def wanted_weights(repo: str, names: Collection[str], fetch: Callable[[str], Path]) -> list[str]:
    """Return the names of the weight files that transformers would load and of their index, or of an adapter's files.

    Args:
        repo: The repository's id.
        names: All files of the repository.
        fetch: Downloads one small file and returns its path.

    Raises:
        BadInput: The repository holds no usable model, or lacks a file that it names.
    """
    if is_adapter(names):
        if ADAPTER_WEIGHTS not in names:
            raise BadInput(
                worded(
                    "{0} is an adapter without {1}, and LayerSwarm opens no pickled weights because they can run "
                    "code; choose another, or save it again with a current version of PEFT.",
                    repo,
                    ADAPTER_WEIGHTS,
                )
            )
        return [ADAPTER_CONFIG, ADAPTER_WEIGHTS]
    if _CONFIG not in names:
        raise BadInput(_why_no_config(repo, names))
    entry = weights_entry(read_json(fetch(_CONFIG)), names.__contains__, worded("{0} of {1}", _CONFIG, repo))
    if entry is None:
        raise BadInput(_why_no_weights(repo, names))
    if entry not in names:
        raise BadInput(
            worded(
                "{0} of {1} names {2} as the weights, but the repository has no such file; choose another.",
                _CONFIG,
                repo,
                entry,
            )
        )
    if not is_index(entry):
        return [entry]
    weights = names_in_index(read_json(fetch(entry)), worded("{0} of {1}", entry, repo))
    missing = [name for name in weights if name not in names]
    if missing:
        files = worded_count(len(missing), "a file", "{0} files")
        raise BadInput(
            worded(
                "{0} of {1} names {2} that the repository lacks, such as {3}; choose another repository, or another "
                "revision of it.",
                entry,
                repo,
                files,
                missing[0],
            )
        )
    return [entry, *weights]


def _why_no_config(repo: str, names: Collection[str]) -> Message:
    visible = [name for name in sorted(names) if not name.rpartition("/")[2].startswith(".")]
    inner = [name.removesuffix(f"/{_CONFIG}") for name in visible if name.endswith(f"/{_CONFIG}")]
    if inner:
        return worded(
            "{0} has no {1} of its own, only in subfolders such as {2}; download the subfolder that you want "
            "and give it as a folder.",
            repo,
            _CONFIG,
            inner[0],
        )
    ggufs = [name for name in visible if name.endswith(".gguf")]
    if ggufs:
        return worded(
            "{0} has GGUF files and no {1}; download one, such as {2}, and give that file.", repo, _CONFIG, ggufs[0]
        )
    return worded(
        "{0} has no {1}, so it holds no model that transformers can load; choose another repository.", repo, _CONFIG
    )


def _why_no_weights(repo: str, names: Collection[str]) -> Message:
    at_the_root = [name for name in sorted(names) if "/" not in name and not name.startswith(".")]
    others = [name for name in at_the_root if name.endswith(".safetensors")]
    if others:
        return worded(
            "{0} has neither {1} nor {2}, by which transformers finds weights, only others such as {3}; "
            "choose a repository that has one of the two.",
            repo,
            SINGLE_FILE,
            INDEX_FILE,
            others[0],
        )
    return worded("{0} has no safetensors weights; choose a repository that has, or convert it first.", repo)
