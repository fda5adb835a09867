"""What cannot be a model is refused by its files alone, in the very words of the engine; what can be one is not."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGUFWriter

from engine.api.errors import BadInput
from engine.model_files.first_look import check_at_first_look
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.adapters import lora, train
from tests.engine.quantised import fp8_rows, quantise
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import save_tiny, tiny_models
from tests.gui.model_files import write_gguf, write_model

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


def without(name: str) -> Callable[[Path], Path]:
    """Return a maker of a model folder that lacks a file."""

    def make(place: Path) -> Path:
        (write_model(place / "model") / name).unlink()
        return place / "model"

    return make


def with_file(name: str, content: str | bytes) -> Callable[[Path], Path]:
    """Return a maker of a model folder in which a file has another content."""

    def make(place: Path) -> Path:
        folder = write_model(place / "model")
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


def with_config(**fields: object) -> Callable[[Path], Path]:
    """Return a maker of a model folder whose config has other fields, and whose only tensor is no head."""

    def make(place: Path) -> Path:
        folder = write_model(place / "model")
        config = json.loads((folder / "config.json").read_text()) | fields
        (folder / "config.json").write_text(json.dumps(config))
        weights = (folder / "model.safetensors").read_bytes().replace(b"lm_head.weight", b"encoder.weight")
        (folder / "model.safetensors").write_bytes(weights)
        return folder

    return make


def one_file(name: str, content: bytes) -> Callable[[Path], Path]:
    """Return a maker of a single file."""

    def make(place: Path) -> Path:
        (place / name).write_bytes(content)
        return place / name

    return make


def empty_folder(place: Path) -> Path:
    (place / "photos").mkdir()
    return place / "photos"


def folder_of_a_gguf_file(place: Path) -> Path:
    folder = place / "kept"
    folder.mkdir()
    write_tiny_gguf(folder / "tiny.gguf")
    return folder


def folder_of_an_image_part(place: Path) -> Path:
    return write_gguf(place / "kept" / "vision.gguf", "clip").parent


def pickled(place: Path) -> Path:
    folder = without("model.safetensors")(place)
    (folder / "pytorch_model.bin").write_bytes(b"PK\x03\x04")
    return folder


def missing_shard(place: Path) -> Path:
    folder = without("model.safetensors")(place)
    index = {"weight_map": {"lm_head.weight": "model-00001-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    return folder


def embedding(place: Path) -> Path:
    folder = with_config(architectures=["BertModel"], model_type="bert")(place)
    (folder / "modules.json").write_text('[{"type": "sentence_transformers.models.Pooling"}]')
    return folder


def adapter_without_config(place: Path) -> Path:
    (write_model(place / "model") / "model.safetensors").rename(place / "model" / "adapter_model.safetensors")
    return place / "model"


def gguf_with_pooling(place: Path) -> Path:
    writer = GGUFWriter(place / "embed.gguf", "llama")
    writer.add_uint32("llama.pooling_type", 1)
    writer.add_tensor("token_embd.weight", np.ones((2, 32), np.float32))
    for write in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file):
        write()
    writer.close()
    return place / "embed.gguf"


def part_of_a_split_file(place: Path) -> Path:
    write_tiny_gguf(place / "tiny.gguf", split_after=5)
    first, *others = sorted(place.glob("*-of-*.gguf"))
    others[0].unlink()
    return first


def pipe(place: Path) -> Path:
    os.mkfifo(place / "model.gguf")
    return place / "model.gguf"


WRONG: dict[str, Callable[[Path], Path]] = {
    "empty folder": empty_folder,
    "folder of a GGUF file": folder_of_a_gguf_file,
    "folder of an image part": folder_of_an_image_part,
    "config that is no JSON": with_file("config.json", "{'a': 1}"),
    "config that is an LFS pointer": with_file("config.json", LFS),
    "tokenizer that is a web page": with_file("tokenizer.json", "<html>"),
    "no weights": without("model.safetensors"),
    "pickled weights": pickled,
    "weights that are an LFS pointer": with_file("model.safetensors", LFS),
    "weights cut short": with_file("model.safetensors", b"\xff\0\0\0\0\0\0\0{"),
    "missing shard": missing_shard,
    "too many layers": with_config(num_hidden_layers=80),
    "encoder-decoder": with_config(
        architectures=["T5ForConditionalGeneration"], model_type="t5", is_encoder_decoder=True
    ),
    "masked language model": with_config(architectures=["BertForMaskedLM"], model_type="bert"),
    "embedding model": embedding,
    "adapter without its config": adapter_without_config,
    "text file": one_file("notes.txt", b"hello, this is no model at all"),
    "one file of a model": one_file("model.safetensors", bytes(9)),
    "archive": one_file("model.zip", b"PK\x03\x04 and so on"),
    "text named as GGUF": one_file("model.gguf", b"Access denied, log in first."),
    "empty GGUF file": one_file("model.gguf", b""),
    "piece of a cut file": one_file("model.gguf.part1of2", b"any bytes"),
    "image part": lambda place: write_gguf(place / "mmproj.gguf", "clip"),
    "importance matrix": lambda place: write_gguf(place / "m.gguf", general__type="imatrix"),
    "adapter as GGUF": lambda place: write_gguf(place / "m.gguf", general__type="adapter"),
    "embedding model as GGUF": gguf_with_pooling,
    "part whose others are missing": part_of_a_split_file,
    "named pipe": pipe,
    "nothing at all": lambda place: place / "nowhere",
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_what_is_no_model_is_refused_in_the_words_of_the_engine(make: Callable[[Path], Path], tmp_path: Path) -> None:
    place = make(tmp_path)
    with pytest.raises(BadInput) as at_once:
        check_at_first_look(str(place))
    with pytest.raises(BadInput) as by_the_engine:
        resolve_source(str(place), "main", silent)
    assert str(at_once.value) == str(by_the_engine.value)
    assert str(place) in str(at_once.value)


@pytest.mark.parametrize("family", tiny_models())
def test_every_family_passes(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path / "model")
    check_at_first_look(str(tmp_path / "model"))


def test_models_that_the_engine_makes_plain_pass(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "base", dtype=torch.bfloat16)
    train(tmp_path / "base", tmp_path / "adapter", lora())
    quantise(tmp_path / "base", fp8_rows, quantization_config={"quant_method": "fp8"})
    write_tiny_gguf(tmp_path / "tiny.gguf")
    write_tiny_gguf(tmp_path / "split.gguf", split_after=5)
    for name in ("base", "adapter", "tiny.gguf", next(tmp_path.glob("split-00002-*")).name):
        check_at_first_look(str(tmp_path / name))


@pytest.mark.parametrize("source", ["demo", "organisation/name"])
def test_what_is_not_on_this_computer_is_left_to_the_engine(source: str) -> None:
    check_at_first_look(source)
