"""The table of supported GGUF families: functions that make transformers' config from the file's fields.

Before a family is added, compare what transformers computes from its conversion with the original model.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.gguf_layers import BY_BLOCK_COUNT, WINDOW_PATTERN, WINDOW_PERIODS
from engine.sources.gguf.decoder_fields import (
    decoder,
    has,
    head_width,
    partial_rope,
    vocabulary,
    whole_rope,
    with_rms_norm,
)
from engine.sources.gguf.fields import Fields

_SLIDING, _FULL = "sliding_attention", "full_attention"


def _llama(fields: Fields) -> dict[str, Any]:
    if fields.whole("expert_count", 0):
        raise BadInput(
            worded(
                "{0} is a mixture of experts of the architecture 'llama', such as Mixtral, which transformers does "
                "not read from GGUF; give the Hugging Face folder of the model.",
                fields.gguf.files[0],
            )
        )
    fields.skip(
        "attention.sliding_window", "expert_used_count"
    )  # llama.cpp gives the first Mistral models full attention
    biases = {"attention_bias": has(fields, "attn_q.bias"), "mlp_bias": has(fields, "ffn_up.bias")}
    return {"model_type": "llama", **with_rms_norm(fields), **whole_rope(fields), **biases}


def _qwen2(fields: Fields) -> dict[str, Any]:
    fields.skip("attention.sliding_window")  # the same in all layers, and ignored by llama.cpp
    return {"model_type": "qwen2", "use_sliding_window": False, **with_rms_norm(fields), **whole_rope(fields)}


def _qwen3(fields: Fields) -> dict[str, Any]:
    bias = {"attention_bias": has(fields, "attn_q.bias"), "use_sliding_window": False}
    return {"model_type": "qwen3", **with_rms_norm(fields), **whole_rope(fields), **bias}


def _experts(fields: Fields) -> dict[str, Any]:
    used = fields.count("expert_used_count")
    return {
        "num_experts": fields.count("expert_count"),
        "num_experts_per_tok": used,
        "moe_intermediate_size": fields.count(
            "expert_feed_forward_length", fields.count("feed_forward_length") // max(used, 1)
        ),
        "decoder_sparse_step": 1,
        "mlp_only_layers": [],
        "use_sliding_window": False,
    }


def _qwen2moe(fields: Fields) -> dict[str, Any]:
    shared = fields.count("expert_shared_feed_forward_length", fields.count("feed_forward_length"))
    own = {"shared_expert_intermediate_size": shared, "norm_topk_prob": False}
    return {"model_type": "qwen2_moe", **with_rms_norm(fields), **whole_rope(fields), **_experts(fields), **own}


def _qwen3moe(fields: Fields) -> dict[str, Any]:
    return {
        "model_type": "qwen3_moe",
        **with_rms_norm(fields),
        **whole_rope(fields),
        **_experts(fields),
        "norm_topk_prob": True,
    }


def _gemma(fields: Fields, model_type: str) -> dict[str, Any]:
    """Return the fields of Gemma 2 and 3; llama.cpp scales the attention of the largest of each by another width."""
    architecture, blocks = fields.gguf.architecture, fields.count("block_count")
    largest = BY_BLOCK_COUNT[architecture](blocks)
    heads, width = fields.count("attention.head_count"), head_width(fields)
    return {
        "model_type": model_type,
        **with_rms_norm(fields),
        "query_pre_attn_scalar": fields.count("embedding_length") // heads if largest else width,
        "sliding_window": fields.count("attention.sliding_window"),
        "layer_types": _layer_types(fields, blocks),
    }


def _layer_types(fields: Fields, blocks: int) -> list[str]:
    stated = fields.any(WINDOW_PATTERN)
    if isinstance(stated, list):
        windows = [bool(entry) for entry in stated[:blocks]]
    else:
        period = stated if isinstance(stated, int) and stated else WINDOW_PERIODS[fields.gguf.architecture]
        windows = [layer % period < period - 1 for layer in range(blocks)]
    if len(windows) != blocks:
        raise BadInput(
            worded(
                "{0} states the windows of only {1} of its {2} layers; download or convert it again.",
                fields.gguf.files[0],
                len(windows),
                blocks,
            )
        )
    return [_SLIDING if window else _FULL for window in windows]


def _gemma2(fields: Fields) -> dict[str, Any]:
    caps = {"attn_logit_softcapping": 50.0, "final_logit_softcapping": 30.0}
    stated = {name: fields.real(name, cap) for name, cap in caps.items()}
    return {**_gemma(fields, "gemma2"), **whole_rope(fields), **stated}


def _gemma3(fields: Fields) -> dict[str, Any]:
    rope = {
        _FULL: whole_rope(fields, 1_000_000.0)["rope_parameters"],
        _SLIDING: {"rope_type": "default", "rope_theta": fields.real("rope.freq_base_swa", 10_000.0)},
    }
    cap = fields.real("final_logit_softcapping", 0.0)
    return {**_gemma(fields, "gemma3_text"), "rope_parameters": rope, "final_logit_softcapping": cap or None}


def _phi3(fields: Fields) -> dict[str, Any]:
    window = fields.whole("attention.sliding_window", 0)
    own = {"sliding_window": window or None}
    rope = partial_rope(fields, head_width(fields))
    original = rope["rope_parameters"].get("original_max_position_embeddings")
    if original is not None:
        own["original_max_position_embeddings"] = original
    return {"model_type": "phi3", **with_rms_norm(fields), **rope, **own}


def _gpt2(fields: Fields) -> dict[str, Any]:
    return {
        "model_type": "gpt2",
        **vocabulary(fields),
        "n_positions": fields.count("context_length"),
        "n_embd": fields.count("embedding_length"),
        "n_layer": fields.count("block_count"),
        "n_head": fields.count("attention.head_count"),
        "n_inner": fields.count("feed_forward_length"),
        "layer_norm_epsilon": fields.real("attention.layer_norm_epsilon"),
    }


def _starcoder2(fields: Fields) -> dict[str, Any]:
    fields.skip("attention.sliding_window")
    return {
        "model_type": "starcoder2",
        **decoder(fields),
        "norm_epsilon": fields.real("attention.layer_norm_epsilon"),
        "use_bias": has(fields, "attn_q.bias"),
        "sliding_window": None,
        **whole_rope(fields),
    }


def _stablelm(fields: Fields) -> dict[str, Any]:
    return {
        "model_type": "stablelm",
        **decoder(fields),
        "layer_norm_eps": fields.real("attention.layer_norm_epsilon"),
        "use_qkv_bias": has(fields, "attn_q.bias"),
        "use_parallel_residual": fields.flag("use_parallel_residual", True) and not has(fields, "ffn_norm.weight"),
        "qk_layernorm": has(fields, "attn_q_norm.weight"),
        **partial_rope(fields, head_width(fields)),
    }


def _nemotron(fields: Fields) -> dict[str, Any]:
    fields.skip("attention.layer_norm_rms_epsilon")  # stated beside the one that is used
    width = head_width(fields)
    return {
        "model_type": "nemotron",
        **decoder(fields),
        "head_dim": width,
        "norm_eps": fields.real("attention.layer_norm_epsilon"),
        "attention_bias": has(fields, "attn_q.bias"),
        "mlp_bias": has(fields, "ffn_up.bias"),
        **partial_rope(fields, width),
    }


def _falcon(fields: Fields) -> dict[str, Any]:
    heads = fields.count("attention.head_count")
    if fields.count("attention.head_count_kv", heads) != 1 or has(fields, "attn_norm_2.weight"):
        raise BadInput(
            worded(
                "{0} is a Falcon with more than one head of keys, whose weights transformers orders differently from "
                "GGUF; give the Hugging Face folder of the model.",
                fields.gguf.files[0],
            )
        )
    return {
        "model_type": "falcon",
        **{name: value for name, value in decoder(fields).items() if name != "num_key_value_heads"},
        "num_kv_heads": 1,
        "ffn_hidden_size": fields.count("feed_forward_length"),
        "layer_norm_epsilon": fields.real("attention.layer_norm_epsilon"),
        "tie_word_embeddings": True,
        **whole_rope(fields),
    }


def _bloom(fields: Fields) -> dict[str, Any]:
    width = fields.count("embedding_length")
    if fields.count("feed_forward_length", 4 * width) != 4 * width:
        raise BadInput(
            worded(
                "{0} states a width of its layers that Bloom does not have; download it again.", fields.gguf.files[0]
            )
        )
    fields.skip("attention.head_count_kv", "attention.max_alibi_bias")
    return {
        "model_type": "bloom",
        **vocabulary(fields),
        "hidden_size": width,
        "n_layer": fields.count("block_count"),
        "n_head": fields.count("attention.head_count"),
        "layer_norm_epsilon": fields.real("attention.layer_norm_epsilon"),
    }


def _mamba(fields: Fields) -> dict[str, Any]:
    width, inner = fields.count("embedding_length"), fields.count("ssm.inner_size")
    return {
        "model_type": "mamba",
        **vocabulary(fields),
        "hidden_size": width,
        "num_hidden_layers": fields.count("block_count"),
        "layer_norm_epsilon": fields.real("attention.layer_norm_rms_epsilon"),
        "expand": inner // width,
        "conv_kernel": fields.count("ssm.conv_kernel"),
        "state_size": fields.count("ssm.state_size"),
        "time_step_rank": fields.count("ssm.time_step_rank"),
    }


FAMILIES: Mapping[str, Callable[[Fields], dict[str, Any]]] = {
    "llama": _llama,
    "qwen2": _qwen2,
    "qwen2moe": _qwen2moe,
    "qwen3": _qwen3,
    "qwen3moe": _qwen3moe,
    "gemma2": _gemma2,
    "gemma3": _gemma3,
    "phi3": _phi3,
    "gpt2": _gpt2,
    "starcoder2": _starcoder2,
    "stablelm": _stablelm,
    "nemotron": _nemotron,
    "falcon": _falcon,
    "bloom": _bloom,
    "mamba": _mamba,
}
"""By llama.cpp's name of the architecture: makes the fields of transformers' config."""
