"""Refuse what cannot be a model by its files alone, at once: the same checks that the engine makes first.

What passes may still be refused by the engine, which knows the model's family; what is refused here, it refuses too.
"""

from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import given_path, real_path
from engine.api.message import worded
from engine.model_files.adapter_files import check_adapter_files, is_adapter, read_adapter_config
from engine.model_files.file_content import other_content, read_head
from engine.model_files.folder_check import check_weights_and_config, missing_config_refusal
from engine.model_files.gguf_kinds import kind_by_fields
from engine.model_files.gguf_names import check_parts, check_piece, is_later_part
from engine.model_files.gguf_start import MAGIC, first_fields, read_start
from engine.model_files.hub_id import HUB_ID
from engine.model_files.stated_task import check_stated_task

DEMO = "demo"


def check_at_first_look(source: str) -> None:
    """Check a source by its files, without a model library and without the Hub.

    Args:
        source: ``demo``, a Hub id, a folder or a GGUF file.

    Raises:
        BadInput: It cannot be a model; the message has the engine's own words.
        OSError: A file cannot be read.
    """
    path = local_model(source)
    if path is None:
        return
    if not path.is_dir():
        check_model_file(path)
        check_parts(path)
    elif is_adapter(path):
        check_adapter_files(path, read_adapter_config(path))
    elif not (path / "config.json").is_file():
        raise missing_config_refusal(path, _first_gguf(path))
    else:
        check_stated_task(path, *check_weights_and_config(path))


def local_model(source: str) -> Path | None:
    """Return the path of a source on this computer; None for the demo and for the id of a model on the Hub.

    Raises:
        BadInput: It is neither.
    """
    if not source.strip():  # an empty path would mean the working directory
        raise BadInput(worded("No model is given; give 'demo', a Hub id, a model folder or a GGUF file."))
    if source == DEMO:
        return None
    path = given_path(source)
    if path.is_dir():
        return real_path(path)
    if path.exists():
        return path.absolute()  # keep a link's own name and folder instead of a cache's
    if HUB_ID.fullmatch(source) and not source.endswith(".gguf"):
        return None
    raise BadInput(
        worded(
            "There is no model '{0}': it is neither 'demo', nor a folder or GGUF file on this "
            "computer, nor a Hub id; check the path, or give a Hub id such as organisation/name.",
            source,
        )
    )


def check_model_file(file: Path) -> None:
    """Check that a file is a GGUF model, as far as its name and its first fields show it.

    Raises:
        BadInput: It is something else, or a piece of one.
        OSError: It cannot be read.
    """
    head = read_head(file)
    if head.startswith(MAGIC):
        _check_kind(file)
        return
    check_piece(file)
    if file.suffix == ".gguf":
        read_start(file)  # refuses, since the beginning is missing
    if file.suffix in (".safetensors", ".json"):
        raise BadInput(worded("{0} is one file of a model; give the folder {1} instead.", file, file.parent))
    other = other_content(head)
    if other:
        raise BadInput(worded("{0} {1}.", file, other))
    raise BadInput(worded("{0} is not a model: give a folder with config.json and safetensors, or a GGUF file.", file))


def _check_kind(file: Path) -> None:
    what = kind_by_fields(first_fields(read_start(file)), file)
    if what:
        raise BadInput(worded("{0} is {1}.", file, what))


def _first_gguf(folder: Path) -> Path | None:
    """Return the first GGUF file in ``folder`` that may be a language model, or None."""
    for file in sorted(folder.glob("*.gguf")):
        if file.name.startswith("._") or is_later_part(file) or not file.is_file():
            continue
        try:
            _check_kind(file)
            check_parts(file)
        except (BadInput, OSError):
            continue
        return file
    return None
