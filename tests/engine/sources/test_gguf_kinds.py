"""What is no language model is told by its header alone, in one sentence with the way on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gguf import GGMLQuantizationType as Kind
from gguf import GGUFValueType, GGUFWriter

from engine.api.errors import BadInput, LayerSwarmError
from engine.models.progress import silent
from engine.sources.gguf import conversion as gguf_source
from engine.sources.gguf.kinds import can_dequantise
from engine.sources.gguf.parts import read_gguf
from engine.sources.resolve import resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf

ONE = np.ones((2, 32), np.float32)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    for name in ("_folder_name", "_convert"):
        monkeypatch.setattr(gguf_source, name, lambda *_args: pytest.fail("the weights were read"))
    return tmp_path / "model.gguf"


def write(file: Path, architecture: str, tensors: Mapping[str, np.ndarray], **fields: Any) -> None:
    """A file of one's own; ``__`` stands for the point in a field's name."""
    writer = GGUFWriter(file, architecture)
    for name, value in fields.items():
        writer.add_key_value(name.replace("__", "."), value, GGUFValueType.get_type(value))
    for name, weight in tensors.items():
        writer.add_tensor(name, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def refusal(file: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(file), "main", silent)
    assert str(caught.value).startswith(f"{file} ")
    assert str(caught.value).endswith(".")
    return str(caught.value)


def test_a_lora_adapter_is_told_with_its_base(file: Path) -> None:
    """Its metadata are those of a Llama without any size: transformers would build one of 7 billion parameters."""
    lora = {"blk.0.attn_q.weight.lora_a": ONE, "blk.0.attn_q.weight.lora_b": ONE}
    write(file, "llama", lora, general__type="adapter", adapter__type="lora", adapter__lora__alpha=16.0)
    assert "is a LoRA adapter, not a model; merge it into its base model first (llama-export-lora" in refusal(file)
    file.unlink()
    base = {"general__base_model__0__name": "Tiny 1B", "general__base_model__0__repo_url": "https://example.org/a/b"}
    write(file, "llama", lora, general__type="adapter", **base)
    assert "into its base model https://example.org/a/b first" in refusal(file)
    file.unlink()
    write(file, "llama", lora)  # before adapters said so themselves
    assert "is a LoRA adapter" in refusal(file)


@pytest.mark.parametrize(
    ("architecture", "fields", "tensors", "words"),
    [
        ("clip", {"general__type": "mmproj"}, {"v.blk.0.attn_q.weight": ONE}, "image or audio part of a multimodal"),
        ("clip", {}, {"v.patch_embd.weight": ONE}, "image or audio part of a multimodal model (mmproj)"),
        ("llama", {"general__type": "imatrix"}, {"blk.0.attn_q.weight.in_sum2": ONE}, "an importance matrix"),
        ("llama", {}, {"blk.0.attn_q.weight.in_sum2": ONE, "blk.0.attn_q.weight.counts": ONE}, "an importance matrix"),
        ("controlvector", {}, {"direction.1": ONE}, "a control vector, not a model"),
        ("llama", {}, {"direction.1": ONE, "direction.2": ONE}, "a control vector, not a model"),
        ("llama", {"llama__block_count": 2}, {}, "a vocabulary without weights"),
        ("bert", {"bert__pooling_type": 1}, {"token_embd.weight": ONE}, "turns texts into embeddings or scores"),
        ("nomic-bert", {}, {"token_embd.weight": ONE}, "turns texts into embeddings or scores"),
        ("gemma-embedding", {}, {"token_embd.weight": ONE}, "turns texts into embeddings or scores"),
        ("qwen3", {"qwen3__pooling_type": 3}, {"token_embd.weight": ONE}, "turns texts into embeddings or scores"),
        ("qwen3", {}, {"token_embd.weight": ONE, "cls.output.weight": ONE}, "turns texts into embeddings or scores"),
        ("llama", {"llama__attention__causal": False}, {"token_embd.weight": ONE}, "turns texts into embeddings"),
        ("t5", {}, {"enc.blk.0.attn_q.weight": ONE}, "an encoder-decoder model"),
        ("t5encoder", {}, {"enc.blk.0.attn_q.weight": ONE}, "the encoder of a T5 model"),
        ("other", {}, {"dec.blk.0.attn_q.weight": ONE}, "an encoder-decoder model"),
        ("flux", {}, {"double_blocks.0.img_mod.lin.weight": ONE}, "makes images or video"),
        ("qwen_image", {}, {"transformer_blocks.0.attn.to_q.weight": ONE}, "makes images or video"),
        ("dream", {}, {"token_embd.weight": ONE}, "a diffusion language model"),
        ("wavtokenizer-dec", {}, {"token_embd.weight": ONE}, "the voice of a text-to-speech model"),
    ],
)
def test_what_is_no_language_model_is_named(
    file: Path, architecture: str, fields: dict[str, Any], tensors: dict[str, np.ndarray], words: str
) -> None:
    write(file, architecture, tensors, **fields)
    assert words in refusal(file)
    assert "give " in refusal(file)


def test_an_image_model_without_metadata_is_named(file: Path) -> None:
    write(file, "", {"model.diffusion_model.input_blocks.0.weight": ONE})
    assert "makes images or video" in refusal(file)


def test_an_architecture_that_is_not_read_is_told_with_those_that_are(file: Path) -> None:
    write_tiny_gguf(file, family="olmo3")
    assert "has the architecture 'olmo2', and only GGUF files of bloom, falcon, gemma2" in refusal(file)


def test_a_mixture_of_experts_that_calls_itself_llama_is_named(file: Path) -> None:
    write_tiny_gguf(file, fields={"llama.expert_count": 8, "llama.expert_used_count": 2})
    assert "a mixture of experts of the architecture 'llama', such as Mixtral" in refusal(file)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("llama.block_count", 7, "states 7 for llama.block_count, and it holds 6"),
        ("llama.block_count", 1 << 30, "states 1073741824 for llama.block_count, and it holds 6"),
        ("llama.block_count", None, "does not state llama.block_count, and it holds 6"),
        ("llama.block_count", "6", "states '6' for llama.block_count"),
        ("llama.block_count", 6.0, "states 6.0 for llama.block_count"),
        ("llama.embedding_length", 4096, "states 4096 for llama.embedding_length, and its embedding is 32 wide"),
        ("llama.embedding_length", None, "does not state llama.embedding_length"),
        ("llama.vocab_size", 128_256, "states 128256 for llama.vocab_size, and its embedding has 264 rows"),
        ("llama.feed_forward_length", 1 << 30, "has another size for the tensor blk.0.ffn_gate.weight"),
        ("llama.feed_forward_length", None, "does not state llama.feed_forward_length"),
        ("llama.feed_forward_length", 0, "states 0 for llama.feed_forward_length"),
        ("llama.feed_forward_length", [48, 48, 48, 48, 48, 49], "states [48, 48, 48, 48, 48, 49] for"),
        ("llama.attention.head_count", None, "does not state llama.attention.head_count"),
        ("llama.attention.head_count", 8, "has another size for the tensor blk.0.attn_k.weight"),
        ("llama.attention.head_count", True, "states True for llama.attention.head_count"),
        ("llama.attention.head_count_kv", 4, "has another size for the tensor blk.0.attn_k.weight"),
        ("llama.attention.layer_norm_rms_epsilon", None, "does not state llama.attention.layer_norm_rms_epsilon"),
        ("llama.attention.layer_norm_rms_epsilon", float("nan"), "states nan for"),
        ("llama.attention.key_length", 16, "has another size for the tensor blk.0.attn_q.weight"),
        ("llama.attention.value_length", 4, "heads whose keys and values differ in width"),
        ("llama.rope.dimension_count", 4, "rotates only part of each head"),
        ("llama.context_length", 0, "states 0 for llama.context_length"),
        ("tokenizer.ggml.tokens", None, "holds no vocabulary"),
        ("tokenizer.ggml.tokens", ["a"] * 300, "has 300 tokens but embeddings for 264"),
    ],
)
def test_metadata_that_the_tensors_do_not_bear_out_are_refused(
    file: Path, field: str, value: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf_source, "_folder_name", lambda *_args: "folder")
    write_tiny_gguf(file, fields={field: value})
    assert words in refusal(file)


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({"token_embd.weight": None}, "holds no token embeddings"),
        ({"blk.3.attn_q.weight": None}, "lacks the tensor blk.3.attn_q.weight"),
        ({"output_norm.weight": None}, "lacks the tensor"),
        ({"blk.0.attn_q.bias": np.zeros(32, np.float32)}, "lacks the tensor"),
        ({"blk.2.attn_sinks.weight": np.zeros(4, np.float32)}, "holds the tensor 'blk.2.attn_sinks.weight', for which"),
        ({"blk.2.attn_q.scale": np.zeros(1, np.float32)}, "holds the tensor 'blk.2.attn_q.scale', for which"),
        ({"rope_freqs.weight": np.full(4, 3.3, np.float32)}, "the factors in rope_freqs.weight"),
        ({"rope_freqs.weight": np.ones(7, np.float32)}, "the factors in rope_freqs.weight"),
    ],
)
def test_weights_that_are_not_the_models_are_refused_before_they_are_read(
    file: Path, tensors: dict[str, np.ndarray | None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf_source, "_folder_name", lambda *_args: "folder")
    write_tiny_gguf(file, tensors=tensors)
    assert words in refusal(file)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("llama.logit_scale", 0.5),
        ("llama.residual_scale", 0.2),
        ("llama.attention.scale", 0.3),
        ("llama.rope.scaling.type", "dynamic"),
        ("llama.something_new", [1, 2]),
    ],
)
def test_a_field_that_transformers_has_no_words_for_is_refused(file: Path, field: str, value: object) -> None:
    write_tiny_gguf(file, fields={field: value})
    assert "transformers cannot express" in refusal(file)


def test_number_formats_that_python_cannot_read_are_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(can_dequantise(kind) for kind in (Kind.Q8_K, Kind.I32, Kind.F64))
    assert all(can_dequantise(kind) for kind in (Kind.BF16, Kind.IQ1_S, Kind.IQ4_XS, Kind.MXFP4, Kind.TQ1_0, Kind.Q4_K))
    monkeypatch.setattr("engine.sources.gguf.kinds.can_dequantise", lambda kind: kind != Kind.IQ3_S)
    write_tiny_gguf(file)
    content = file.read_bytes()
    place = content.index(b"output_norm.weight") + len(b"output_norm.weight") + 4 + 8
    wide = np.zeros(256, np.float32)
    file.unlink()
    write_tiny_gguf(file, tensors={"rope_freqs.weight": wide})
    content = bytearray(file.read_bytes())
    place = content.index(b"rope_freqs.weight") + len(b"rope_freqs.weight") + 4 + 8
    content[place : place + 4] = int(Kind.IQ3_S).to_bytes(4, "little")
    file.write_bytes(content)
    assert "uses the number format IQ3_S, which is not supported" in refusal(file)


def test_what_does_not_fit_into_memory_is_not_begun(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gguf_source, "_folder_name", lambda *_args: "folder")
    monkeypatch.setattr(gguf_source, "free_memory", lambda _device: 100_000)
    write_tiny_gguf(file)
    with pytest.raises(LayerSwarmError, match=r"needs 0\.0 GB of memory to dequantise, but 0\.0 GB are free; close"):
        resolve_source(str(file), "main", silent)


def test_the_memory_that_is_asked_for_is_that_of_the_weights(file: Path) -> None:
    write_tiny_gguf(file, family="qwen3_moe")
    gguf = read_gguf(file)
    plain = sum(2 * each.elements for each in gguf.tensors.values() if "_exps" not in each.name)
    experts = sum(6 * each.elements for each in gguf.tensors.values() if "_exps" in each.name)
    largest = max(each.elements for each in gguf.tensors.values())
    assert gguf_source.memory_needed(gguf) == plain + experts + 12 * largest


def test_a_folder_names_its_one_language_model(file: Path) -> None:
    folder = file.parent / "folder"
    folder.mkdir()
    write(folder / "a-mmproj.gguf", "clip", {"v.blk.0.attn_q.weight": ONE}, general__type="mmproj")
    (folder / "._model.gguf").write_bytes(b"\x00\x05\x16\x07" + bytes(100))
    (folder / "damaged.gguf").write_bytes(b"GGUF")
    nothing = (
        f"{folder} has no config.json, and no readable GGUF file of a language model; give a folder with a Hugging "
        "Face model in it."
    )
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    assert str(caught.value) == nothing
    write_tiny_gguf(folder / "model.gguf")
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    assert str(caught.value) == (
        f"{folder} has no config.json; give the GGUF file itself, such as {folder / 'model.gguf'}."
    )
    (folder / "model.gguf").unlink()
    write_tiny_gguf(folder / "split.gguf", split_after=20)
    with pytest.raises(BadInput, match=r"such as .*split-00001-of-00003\.gguf\.$"):
        resolve_source(str(folder), "main", silent)
