"""Tiny random models of families for which the engine has no code of its own: they must work, or be refused."""

from collections.abc import Callable, Mapping
from typing import Any

import transformers as hf

from tests.engine.tiny_families import COMMON, WIDTHS, WINDOW
from tests.engine.tiny_wrappers import gemma4_text

_EXPERTS: dict[str, Any] = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24}
_STATE_SPACE: dict[str, Any] = {"mamba_n_heads": 8, "mamba_d_head": 8, "mamba_d_state": 8, "mamba_n_groups": 1}


def _starcoder2() -> hf.PreTrainedModel:
    return hf.Starcoder2ForCausalLM(hf.Starcoder2Config(**COMMON, sliding_window=WINDOW))


def _exaone4() -> hf.PreTrainedModel:
    return hf.Exaone4ForCausalLM(hf.Exaone4Config(**COMMON, sliding_window=WINDOW, sliding_window_pattern=4))


def _apertus() -> hf.PreTrainedModel:
    return hf.ApertusForCausalLM(hf.ApertusConfig(**COMMON))


def _ernie4_5_moe() -> hf.PreTrainedModel:
    experts = {"moe_num_experts": 4, "moe_k": 2, "moe_intermediate_size": 24, "moe_layer_start_index": 2}
    return hf.Ernie4_5_MoeForCausalLM(hf.Ernie4_5_MoeConfig(**COMMON, **experts))


def _qwen3_next() -> hf.PreTrainedModel:
    linear = {"linear_num_value_heads": 4, "linear_num_key_heads": 2, "linear_key_head_dim": 8}
    kinds = {"linear_value_head_dim": 8, "full_attention_interval": 3, "shared_expert_intermediate_size": 24}
    return hf.Qwen3NextForCausalLM(hf.Qwen3NextConfig(**COMMON, **_EXPERTS, **linear, **kinds, head_dim=8))


def _falcon_h1() -> hf.PreTrainedModel:
    config = hf.FalconH1Config(**COMMON, **_STATE_SPACE, mamba_chunk_size=8, mamba_d_ssm=64)
    return hf.FalconH1ForCausalLM(config)


def _bamba() -> hf.PreTrainedModel:
    config = hf.BambaConfig(**COMMON, **_STATE_SPACE, mamba_chunk_size=8, attn_layer_indices=[1, 4])
    return hf.BambaForCausalLM(config)


def _nemotron_h() -> hf.PreTrainedModel:
    state = {"mamba_num_heads": 8, "mamba_head_dim": 8, "ssm_state_size": 8, "n_groups": 1, "chunk_size": 8}
    config = hf.NemotronHConfig(**COMMON, **state, hybrid_override_pattern="M*-MM*")
    return hf.NemotronHForCausalLM(config)


def _mamba() -> hf.PreTrainedModel:
    widths = {name: WIDTHS[name] for name in ("vocab_size", "hidden_size", "num_hidden_layers")}
    return hf.MambaForCausalLM(hf.MambaConfig(**widths, state_size=4))


def _jamba() -> hf.PreTrainedModel:
    periods = {"attn_layer_period": 2, "attn_layer_offset": 1, "expert_layer_period": 2, "expert_layer_offset": 1}
    return hf.JambaForCausalLM(hf.JambaConfig(**COMMON, **periods, num_experts=2, mamba_d_state=4))


def _qwen3_5() -> hf.PreTrainedModel:
    linear = {"linear_num_value_heads": 4, "linear_num_key_heads": 2, "linear_key_head_dim": 8}
    kinds = ["linear_attention", "linear_attention", "full_attention"] * 2
    config = hf.Qwen3_5TextConfig(**COMMON, **linear, linear_value_head_dim=8, head_dim=8, layer_types=kinds)
    return hf.Qwen3_5ForCausalLM(config)


def _gemma4() -> hf.PreTrainedModel:
    return hf.Gemma4ForCausalLM(gemma4_text())


def _lfm3() -> hf.PreTrainedModel:
    kinds = ["conv", "sliding_attention", "full_attention"] * 2
    return hf.Lfm3ForCausalLM(hf.Lfm3Config(**COMMON, head_dim=8, sliding_window=WINDOW, layer_types=kinds))


NEWCOMERS: Mapping[str, Callable[[], hf.PreTrainedModel]] = {
    "starcoder2": _starcoder2,
    "exaone4": _exaone4,
    "apertus": _apertus,
    "ernie4_5_moe": _ernie4_5_moe,
    "qwen3_next": _qwen3_next,
    "falcon_h1": _falcon_h1,
    "bamba": _bamba,
    "nemotron_h": _nemotron_h,
    "mamba": _mamba,
    "jamba": _jamba,
    "qwen3_5": _qwen3_5,
    "gemma4": _gemma4,
    "lfm3": _lfm3,
}
"""Builders by name."""
