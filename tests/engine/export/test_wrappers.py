"""Multimodal models: the text decoder is cut inside its wrapper, and the whole model leaves and loads in its own class.

``test_families.py`` compares their pruned logits with an independent removal; here is what only wrappers have.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
import torch
import transformers
from safetensors.torch import load_file

from engine.api.errors import BadInput
from engine.api.events import Event, ExportVerified
from engine.api.export_targets import read_formats
from engine.export.formats import export_formats
from engine.export.readiness import check_format
from engine.export.request import ExportRequest
from engine.export.targets.target import Plan
from engine.models.decoder_stack import DecoderStack
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.models.pruned_config import pruned_config
from engine.models.skeleton import auto_class, build_wrapper
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported, logits, saved
from tests.engine.tiny_families import COMMON
from tests.engine.tiny_models import LAYERS, tiny_tokenizer
from tests.engine.tiny_wrappers import WRAPPERS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = (2, 3)
TEXT_ALONE = {
    "mistral3": transformers.MistralForCausalLM,
    "qwen3_5_with_vision": transformers.Qwen3_5ForCausalLM,
    "llama4_with_vision": transformers.Llama4ForCausalLM,
    "gemma3_with_vision": transformers.Gemma3ForCausalLM,
    "llava": transformers.LlamaForCausalLM,
    "lfm2_vl": transformers.Lfm2ForCausalLM,
}
ONLY_WHOLE = ("qwen2_5_vl", "qwen3_vl", "mllama")
"""Families whose text decoder transformers loads inside its wrapper only."""


def export_text(source: ModelFolder, target: Path) -> list[Event]:
    events: list[Event] = []
    export_formats(ExportRequest(source, REMOVED, target, read_formats(["safetensors_text"])), events.append)
    return events


@pytest.mark.parametrize("family", WRAPPERS)
def test_the_whole_model_loads_in_its_own_class_with_its_towers_untouched(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense")
    exported(source, REMOVED, tmp_path / "small")
    config = json.loads((tmp_path / "small" / "config.json").read_text())
    own_class = getattr(transformers, config["architectures"][0])
    model, report = own_class.from_pretrained(tmp_path / "small", output_loading_info=True)
    assert not report["missing_keys"]
    loader = re.search(r"model = (\w+)\.from_pretrained", (tmp_path / "small" / "README.md").read_text())
    assert loader is not None
    assert (
        getattr(transformers, loader[1]).from_pretrained(tmp_path / "small").config.to_dict() == model.config.to_dict()
    )
    assert model.config.get_text_config(decoder=True).num_hidden_layers == LAYERS - len(REMOVED)
    before, after = (load_file(folder / "model.safetensors") for folder in (source.path, tmp_path / "small"))
    towers = {
        name for name in before if name.split(".")[0] in ("visual", "vision_tower", "vision_model", "audio_tower")
    }
    towers |= {name for name in before if ".visual." in name or ".vision_tower." in name or ".vision_model." in name}
    assert towers
    assert all(torch.equal(before[name], after[name]) for name in towers)


@pytest.mark.parametrize("family", [name for name in WRAPPERS if name.endswith("with_vision") or name == "mllama"])
def test_towers_that_the_causal_language_model_does_not_load_count_as_bytes_alone(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path)
    loaded = auto_class(source.config()["model_type"]).from_pretrained(tmp_path, dtype=torch.float32)
    described = describe_model(source)
    stored = (*loaded.parameters(), *(each for name, each in loaded.named_buffers() if name in loaded.state_dict()))
    assert described.parameters == sum(tensor.numel() for tensor in stored)
    apart = build_wrapper(source.config()) is not None
    assert apart == any("not as counted parameters" in note for note in described.notes)


@pytest.mark.parametrize("family", TEXT_ALONE)
def test_the_text_part_alone_is_a_stock_causal_language_model(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense", max_shard_size="60KB")
    (source.path / "processor_config.json").write_text("{}")
    events = export_text(source, tmp_path / "text")
    assert all(event.passed for event in events if isinstance(event, ExportVerified))
    alone = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "text", dtype=torch.float32)
    assert type(alone) is TEXT_ALONE[family]
    assert "AutoModelForCausalLM.from_pretrained" in (tmp_path / "text" / "README.md").read_text()
    exported(source, REMOVED, tmp_path / "whole")
    whole = transformers.AutoModelForMultimodalLM.from_pretrained(tmp_path / "whole", dtype=torch.float32)
    assert torch.equal(logits(alone), logits(whole))
    assert not (tmp_path / "text" / "processor_config.json").exists()


@pytest.mark.parametrize("family", [*ONLY_WHOLE, "llama"])
def test_a_text_part_that_no_class_reads_is_refused_before_anything_is_written(family: str, tmp_path: Path) -> None:
    source = saved(family, tmp_path / "dense")
    words = "consists of its text decoder only" if family == "llama" else "export the whole model as safetensors"
    with pytest.raises(BadInput, match=words):
        check_format(read_formats(["safetensors_text"])[0], Plan(source, (REMOVED,), False, "", silent))
    with pytest.raises(BadInput, match=words):
        export_text(source, tmp_path / "text")
    assert [each.name for each in tmp_path.iterdir()] == ["dense"]


@pytest.mark.parametrize("family", ["qwen2_vl", "qwen2_5_vl"])
def test_the_older_form_without_a_text_section_is_cut_as_the_newer_one(family: str, tmp_path: Path) -> None:
    saved(family, tmp_path / "nested")
    shutil.copytree(tmp_path / "nested", tmp_path / "flat")
    config = json.loads((tmp_path / "flat" / "config.json").read_text())
    text = config.pop("text_config")
    text.pop("model_type")
    (tmp_path / "flat" / "config.json").write_text(json.dumps(text | config))
    for form in ("nested", "flat"):
        exported(resolve_source(str(tmp_path / form), "main", silent), REMOVED, tmp_path / f"small {form}")
    small = json.loads((tmp_path / "small flat" / "config.json").read_text())
    assert "text_config" not in small
    assert small["num_hidden_layers"] == LAYERS - len(REMOVED)
    whole = transformers.AutoModelForMultimodalLM
    nested, flat = (logits(whole.from_pretrained(tmp_path / f"small {form}")) for form in ("nested", "flat"))
    assert torch.equal(nested, flat)


def test_a_model_that_needs_a_picture_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    text = {"vocab_size": 264, "hidden_size": 32, "num_hidden_layers": 4, "num_attention_heads": 4, "ffn_dim": 48}
    config = transformers.Blip2Config(
        text_config=transformers.OPTConfig(**text, word_embed_proj_dim=32, max_position_embeddings=64),
        vision_config={"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2},
        qformer_config={"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2},
    )
    transformers.Blip2ForConditionalGeneration(config).save_pretrained(tmp_path / "dense")
    with pytest.raises(BadInput, match="cannot read text alone"):
        exported(resolve_source(str(tmp_path / "dense"), "main", silent), (1,), tmp_path / "small")
    assert [each.name for each in tmp_path.iterdir()] == ["dense"]


def test_a_model_whose_tokens_see_those_that_follow_is_refused() -> None:
    vision = transformers.SiglipVisionConfig(hidden_size=16, intermediate_size=16, num_attention_heads=2)
    text = transformers.GemmaConfig(**COMMON, head_dim=8)
    config = transformers.PaliGemmaConfig(text_config=text, vision_config=vision, image_token_index=260)
    with pytest.raises(BadInput, match="each of its tokens attends to later ones"):
        pruned_config(config.to_dict(), (2,))


def test_a_family_that_no_table_names_shows_that_it_looks_ahead_when_it_is_walked() -> None:
    widths = {"vocab_size": 264, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    model = transformers.BertLMHeadModel(transformers.BertConfig(**widths, intermediate_size=48, is_decoder=False))
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    with pytest.raises(BadInput, match="lets each token attend to later ones"):
        DecoderStack(model.eval())


def test_a_tokenizer_comes_with_every_part(tmp_path: Path) -> None:
    source = saved("mistral3", tmp_path / "dense")
    export_text(source, tmp_path / "text")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "text")
    assert tokenizer.get_vocab() == tiny_tokenizer().get_vocab()
