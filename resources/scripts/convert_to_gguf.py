"""Runs llama.cpp's converter on a model folder, with what transformers 5 and pruned models need put right.

    python convert_to_gguf.py CONVERTER_FOLDER [the converter's own arguments]

The converter is written for transformers 4 and for models whose sliding-window layers follow a fixed period. It is
changed here while it runs: its files stay as they came.
"""

import sys
from pathlib import Path

folder = Path(sys.argv.pop(1))
sys.path[:0] = [str(folder), *([str(folder / "gguf-py")] if (folder / "gguf-py").is_dir() else [])]

import convert_hf_to_gguf  # noqa: E402
from conversion.base import ModelBase, TextModel  # noqa: E402

WINDOWED = ("gemma2", "gemma3", "gpt-oss")
"""What llama.cpp calls the families whose pattern the converter leaves to llama.cpp's own fixed period."""

read_hparams = ModelBase.load_hparams
write_tensors = TextModel.prepare_tensors


def load_hparams(dir_model, is_mistral_format):
    """The config, with the fields by the names that transformers 4 had for them."""
    hparams = read_hparams(dir_model, is_mistral_format)
    kind = hparams.get("model_type")
    rope = hparams.get("rope_parameters") or {}
    if kind == "gpt_neox":
        hparams.setdefault("rotary_pct", rope.get("partial_rotary_factor", 0.25))
    elif kind == "gpt2":
        hparams.setdefault("n_ctx", hparams.get("n_positions"))
    elif kind == "falcon" and hparams.get("multi_query") and not hparams.get("new_decoder_architecture"):
        hparams["num_kv_heads"] = 1
    return hparams


def prepare_tensors(self):
    """Before the weights: which layers attend through the sliding window, one by one."""
    kinds = self.hparams.get("layer_types")
    if kinds and "sliding_attention" in kinds and self.gguf_writer.arch in WINDOWED:
        self.gguf_writer.add_sliding_window_pattern([kind == "sliding_attention" for kind in kinds])
    return write_tensors(self)


ModelBase.load_hparams = staticmethod(load_hparams)
TextModel.prepare_tensors = prepare_tensors
convert_hf_to_gguf.main()
