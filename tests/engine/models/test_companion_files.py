"""Which files belong to a model beside its weights, and which stay behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from transformers import utils
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
from transformers.models.auto.tokenization_auto import TOKENIZER_MAPPING_NAMES, tokenizer_class_from_name
from transformers.tokenization_utils_base import (
    ADDED_TOKENS_FILE,
    FULL_TOKENIZER_FILE,
    SPECIAL_TOKENS_MAP_FILE,
    TOKENIZER_CONFIG_FILE,
)

from engine.models.companion_files import companion_files, files_from_elsewhere, is_companion, is_licence


def names_that_tokenizers_read() -> Iterator[tuple[str, str]]:
    """(tokenizer class, file name) for each tokenizer of a causal language model of transformers."""
    for name in sorted({TOKENIZER_MAPPING_NAMES.get(family) or "" for family in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES}):
        found = tokenizer_class_from_name(name) if name else None
        for file in (getattr(found, "vocab_files_names", None) or {}).values():
            yield name, file


def test_every_file_that_a_tokenizer_of_transformers_reads_belongs_to_the_model() -> None:
    read = set(names_that_tokenizers_read())
    assert {"tokenizer.json", "tokenizer.model", "vocab.json", "merges.txt"} <= {file for _, file in read}
    assert {(name, file) for name, file in read if not is_companion(file)} == set()


@pytest.mark.parametrize(
    "name",
    [
        ADDED_TOKENS_FILE,
        FULL_TOKENIZER_FILE,
        SPECIAL_TOKENS_MAP_FILE,
        TOKENIZER_CONFIG_FILE,
        utils.CHAT_TEMPLATE_FILE,
        f"{utils.CHAT_TEMPLATE_DIR}/tool_use.jinja",
        utils.GENERATION_CONFIG_NAME,
        utils.PROCESSOR_NAME,
        utils.IMAGE_PROCESSOR_NAME,
        utils.VIDEO_PROCESSOR_NAME,
        utils.AUDIO_TOKENIZER_NAME,
        "chat_template.json",
        "tokenizer.4.0.0.json",
        "tekken.json",
        "tokenizer.model.v3",
        "tiktoken.model",
        "qwen.tiktoken",
        "vocab.txt",
        "SYSTEM_PROMPT.txt",
        "qformer_tokenizer/tokenizer.json",
        "LICENSE",
        "license.md",
        "MODEL_LICENSE",
        "LICENCE.txt",
        "Notice",
        "USE_POLICY.md",
    ],
)
def test_it_belongs_to_the_model(name: str) -> None:
    assert is_companion(name)


@pytest.mark.parametrize(
    "name",
    [
        "config.json",
        "README.md",
        "layerswarm.json",
        "model.safetensors.index.json",
        "pytorch_model.bin.index.json",
        "consolidated.safetensors.index.json",
        "model.safetensors",
        "pytorch_model.bin",
        "trainer_state.json",
        "training_args.bin",
        "training_args.json",
        "all_results.json",
        "train_results.json",
        "eval_results.json",
        "test_results.json",
        "optimizer.pt",
        "optimizer.bin",
        "scheduler.pt",
        "rng_state.pth",
        "scaler.pt",
        "ds_config.json",
        "zero_to_fp32.py",
        "hf_quant_config.json",
        "quantize_config.json",
        "quant_config.json",
        "quantization_config.json",
        "adapter_config.json",
        "adapter_model.safetensors",
        "params.json",
        "genai_config.json",
        "modeling_own.py",
        "events.out.tfevents.1700000000.host",
        ".gitattributes",
        ".DS_Store",
        "._config.json",
        "._tokenizer.json",
        "._LICENSE",
        "additional_chat_templates/._tool_use.jinja",
        "additional_chat_templates/notes.txt",
        "additional_chat_templates/deeper/tool_use.jinja",
        "qformer_tokenizer/._tokenizer.json",
        "runs/Jan01/events.json",
        "checkpoint-500/tokenizer.json",
        "original/params.json",
        "onnx/config.json",
    ],
)
def test_it_stays_behind(name: str) -> None:
    assert not is_companion(name)


def test_licences_are_told_from_what_a_tokenizer_reads() -> None:
    assert is_licence("LICENSE.txt")
    assert not is_licence("merges.txt")
    assert not is_licence("._LICENSE")


def test_those_of_a_folder_are_found_with_their_subfolders(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "additional_chat_templates/rag.jinja", "a_tokenizer/vocab.json", "runs/a.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "vocab.txt").mkdir()
    found = [file.relative_to(tmp_path).as_posix() for file in companion_files(tmp_path)]
    assert found == ["a_tokenizer/vocab.json", "additional_chat_templates/rag.jinja", "tokenizer.json"]


def test_links_to_files_elsewhere_are_no_companions(tmp_path: Path) -> None:
    model, secret = tmp_path / "model", tmp_path / "secret.txt"
    (model / "extra_tokenizer").mkdir(parents=True)
    (tmp_path / "more_tokenizer").mkdir()
    secret.write_text("secret")
    (tmp_path / "more_tokenizer" / "vocab.json").write_text("{}")
    (model / "tokenizer.json").write_text("{}")
    (model / "LICENSE").symlink_to("tokenizer.json")
    (model / "NOTICE").symlink_to(secret)
    (model / "merges.txt").symlink_to("../secret.txt")
    (model / "vocab.json").symlink_to("/etc/hostname")
    (model / "other_tokenizer").symlink_to(tmp_path / "more_tokenizer")
    (model / "extra_tokenizer" / "vocab.txt").symlink_to(secret)
    assert [file.name for file in companion_files(model)] == ["LICENSE", "tokenizer.json"]
    assert {file.name for file in files_from_elsewhere(model)} >= {"NOTICE", "merges.txt", "vocab.txt"}


def test_a_snapshot_of_the_hubs_cache_is_made_of_links(tmp_path: Path) -> None:
    storage = tmp_path / "models--org--name"
    snapshot, blobs = storage / "snapshots" / "abc", storage / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    (blobs / "1234").write_text("{}")
    (snapshot / "tokenizer.json").symlink_to("../../blobs/1234")
    assert [file.name for file in companion_files(snapshot)] == ["tokenizer.json"]
    assert files_from_elsewhere(snapshot) == []
