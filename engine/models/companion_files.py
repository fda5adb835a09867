"""List the files that belong to a model beside its weights and config: tokenizer, processor and licence files.

Downloads and exports take the same files: those that the tokenizers and processors of transformers read, and those that
llama.cpp and older versions look for. Files that describe a training run, another form of the weights or the number of
layers are left out.
"""

from fnmatch import fnmatchcase
from pathlib import Path

from huggingface_hub import constants

from engine.api.locations import given_path, real_path

MANIFEST_FILE = "layerswarm.json"

_READ = ("*.json", "*.jinja", "*.model", "*.model.v*", "*.spm", "*.tiktoken", "*.tokenizer", "*.codes", "*.txt")
_LICENCES = ("*licen[sc]e*", "*notice*", "*use_policy*", "copying*")
_TEMPLATES = "additional_chat_templates"
_MORE_TOKENIZERS = "*_tokenizer"
"""Folders with the additional tokenizers of a processor."""
_HIDDEN = ".*"
"""Includes ``._name``, in which macOS stores metadata that other file systems cannot hold."""
_INDICES = "*.index.json"
QUANTISATION = "*quant*.json"
"""Files of quantisation tools, such as ``hf_quant_config.json``; they describe only the source's weights."""
_OF_TRAINING = (
    "trainer_*",
    "training_*",
    "train_*",
    "eval_*",
    "*_results.json",
    "optimizer*",
    "scheduler*",
    "ds_config*",
    "deepspeed*",
    "wandb*",
    "adapter_*",
)
_OF_OTHER_FORMS = ("params.json", "genai_config.json", "openvino_*", "ort_config.json", "mlc-*", "*-cache*.json")
"""``params.json`` is the config of Mistral's own format and states the number of layers."""
_WRITTEN_ANEW = ("config.json", MANIFEST_FILE)
UNWANTED = (_HIDDEN, _INDICES, QUANTISATION, *_OF_TRAINING, *_OF_OTHER_FORMS, *_WRITTEN_ANEW)


def is_companion(name: str) -> bool:
    """Return whether a file is a companion file of a model.

    Args:
        name: The path relative to the model's folder, with ``/`` between folders.
    """
    folder, _, file = name.rpartition("/")
    if folder == _TEMPLATES:
        return _matches(file, ("*.jinja",)) and not _matches(file, (_HIDDEN,))
    if folder and ("/" in folder or not _matches(folder, (_MORE_TOKENIZERS,))):
        return False
    return _matches(file, (*_READ, *_LICENCES)) and not _matches(file, UNWANTED)


def is_licence(name: str) -> bool:
    """Return whether ``name`` is a licence, or a notice or policy that accompanies one."""
    return is_companion(name) and _matches(name, _LICENCES)


def companion_files(folder: Path) -> list[Path]:
    """Return the companion files in ``folder``, sorted, without those that are links to files elsewhere."""
    return [file for file in _named_like_companions(folder) if is_own(file, folder)]


def files_from_elsewhere(folder: Path) -> list[Path]:
    """Return what is named like a companion file in ``folder`` but is a link to a file elsewhere, sorted."""
    return [file for file in _named_like_companions(folder) if not is_own(file, folder)]


def is_own(file: Path, folder: Path) -> bool:
    """Return whether a file is really in a model's folder, or in the Hub's cache, whose snapshots are links.

    A model from somebody else may link to any file of this computer, which must not get into an export.
    """
    real, root = real_path(file), real_path(folder)
    cache = real_path(given_path(constants.HF_HUB_CACHE))
    blobs = root.parent.parent / "blobs"  # of a snapshot in another cache
    if real.is_relative_to(root) or (root.parent.name == "snapshots" and real.parent == blobs):
        return True
    return real.is_relative_to(cache) and real.parent.name == "blobs"


def _named_like_companions(folder: Path) -> list[Path]:
    found = [*folder.glob("*"), *folder.glob(f"{_TEMPLATES}/*"), *folder.glob(f"{_MORE_TOKENIZERS}/*")]
    return sorted(file for file in found if file.is_file() and is_companion(file.relative_to(folder).as_posix()))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in patterns)
