"""Tiny random models of supported families, each with its difficulties.

Among them are mixed attention, a sliding window shorter than the text, layers with and without experts, tied and untied
heads. Attention patterns are irregular, so that no removal set restores them by chance.
"""

from collections.abc import Callable, Mapping
from typing import Any

import transformers as hf

LAYERS = 6
VOCABULARY = 264
HIDDEN = 32
SPECIAL_IDS = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}

WIDTHS: dict[str, Any] = {
    "vocab_size": VOCABULARY,
    "hidden_size": HIDDEN,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": 4,
    "max_position_embeddings": 256,
    **SPECIAL_IDS,
}
COMMON: dict[str, Any] = {**WIDTHS, "intermediate_size": 48, "num_key_value_heads": 2}
_SLIDING, _FULL = "sliding_attention", "full_attention"
_UNEVEN = [_SLIDING, _SLIDING, _FULL, _SLIDING, _SLIDING, _FULL]
_ALTERNATING = [_SLIDING, _FULL] * 3
WINDOW = 8


def _llama() -> hf.PreTrainedModel:
    return hf.LlamaForCausalLM(hf.LlamaConfig(**COMMON, tie_word_embeddings=True))


def _mistral() -> hf.PreTrainedModel:
    return hf.MistralForCausalLM(hf.MistralConfig(**COMMON, sliding_window=WINDOW))


def _mixtral() -> hf.PreTrainedModel:
    return hf.MixtralForCausalLM(hf.MixtralConfig(**COMMON, num_local_experts=4, num_experts_per_tok=2))


def _qwen2() -> hf.PreTrainedModel:
    windows = {"use_sliding_window": True, "sliding_window": WINDOW, "max_window_layers": 3}
    return hf.Qwen2ForCausalLM(hf.Qwen2Config(**COMMON, **windows, tie_word_embeddings=True))


def _qwen2_moe() -> hf.PreTrainedModel:
    moe = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24, "decoder_sparse_step": 2}
    return hf.Qwen2MoeForCausalLM(hf.Qwen2MoeConfig(**COMMON, **moe, shared_expert_intermediate_size=24))


def _qwen3() -> hf.PreTrainedModel:
    return hf.Qwen3ForCausalLM(hf.Qwen3Config(**COMMON, head_dim=8))


def _qwen3_moe() -> hf.PreTrainedModel:
    moe = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24, "mlp_only_layers": [1, 4]}
    return hf.Qwen3MoeForCausalLM(hf.Qwen3MoeConfig(**COMMON, **moe, head_dim=8))


def _gemma2() -> hf.PreTrainedModel:
    return hf.Gemma2ForCausalLM(hf.Gemma2Config(**COMMON, head_dim=8, query_pre_attn_scalar=8, sliding_window=WINDOW))


def _gemma3_config() -> hf.Gemma3TextConfig:
    scale = {"head_dim": 8, "query_pre_attn_scalar": 8}
    return hf.Gemma3TextConfig(**COMMON, **scale, sliding_window=WINDOW, layer_types=_UNEVEN)


def _gemma3() -> hf.PreTrainedModel:
    return hf.Gemma3ForCausalLM(_gemma3_config())


def _gemma3_with_vision() -> hf.PreTrainedModel:
    sight = {"hidden_size": 16, "intermediate_size": 16, "num_attention_heads": 2, "image_size": 28, "patch_size": 14}
    vision = hf.SiglipVisionConfig(**sight, num_hidden_layers=LAYERS)
    whole = hf.Gemma3Config(
        text_config=_gemma3_config(),
        vision_config=vision,
        mm_tokens_per_image=4,
        image_token_index=260,
        boi_token_index=261,
        eoi_token_index=262,
    )
    return hf.Gemma3ForConditionalGeneration(whole)


def _phi3() -> hf.PreTrainedModel:
    return hf.Phi3ForCausalLM(hf.Phi3Config(**COMMON, sliding_window=WINDOW))


def _gpt2() -> hf.PreTrainedModel:
    widths = {"n_embd": HIDDEN, "n_layer": LAYERS, "n_head": 4, "n_positions": 256}
    return hf.GPT2LMHeadModel(hf.GPT2Config(vocab_size=VOCABULARY, **widths, **SPECIAL_IDS))


def _gpt_neox() -> hf.PreTrainedModel:
    return hf.GPTNeoXForCausalLM(hf.GPTNeoXConfig(**WIDTHS, intermediate_size=48))


def _gpt_neo() -> hf.PreTrainedModel:
    attention = {"attention_types": [[["global", "local"], 3]], "window_size": WINDOW}
    widths = {"hidden_size": HIDDEN, "num_layers": LAYERS, "num_heads": 4, "max_position_embeddings": 256}
    return hf.GPTNeoForCausalLM(hf.GPTNeoConfig(vocab_size=VOCABULARY, **widths, **attention, **SPECIAL_IDS))


def _falcon() -> hf.PreTrainedModel:
    widths = {name: value for name, value in WIDTHS.items() if name != "max_position_embeddings"}
    return hf.FalconForCausalLM(hf.FalconConfig(**widths))


def _bloom() -> hf.PreTrainedModel:
    widths = {"hidden_size": HIDDEN, "n_layer": LAYERS, "n_head": 4}
    return hf.BloomForCausalLM(hf.BloomConfig(vocab_size=VOCABULARY, **widths, **SPECIAL_IDS))


def _opt() -> hf.PreTrainedModel:
    return hf.OPTForCausalLM(hf.OPTConfig(**WIDTHS, word_embed_proj_dim=HIDDEN, ffn_dim=48))


def _olmo2() -> hf.PreTrainedModel:
    return hf.Olmo2ForCausalLM(hf.Olmo2Config(**COMMON))


def _olmo3() -> hf.PreTrainedModel:
    return hf.Olmo3ForCausalLM(hf.Olmo3Config(**COMMON, sliding_window=WINDOW, layer_types=_UNEVEN))


def _smollm3() -> hf.PreTrainedModel:
    return hf.SmolLM3ForCausalLM(hf.SmolLM3Config(**COMMON, no_rope_layers=[1, 1, 1, 0, 1, 0]))


def _cohere2() -> hf.PreTrainedModel:
    return hf.Cohere2ForCausalLM(hf.Cohere2Config(**COMMON, sliding_window=WINDOW, sliding_window_pattern=3))


def _granite() -> hf.PreTrainedModel:
    scales = {"embedding_multiplier": 2.0, "residual_multiplier": 0.5, "attention_multiplier": 0.2}
    return hf.GraniteForCausalLM(hf.GraniteConfig(**COMMON, **scales, logits_scaling=2.0))


def _stablelm() -> hf.PreTrainedModel:
    return hf.StableLmForCausalLM(hf.StableLmConfig(**COMMON))


def _deepseek_v2() -> hf.PreTrainedModel:
    ranks = {"q_lora_rank": 16, "kv_lora_rank": 16, "qk_rope_head_dim": 8, "qk_nope_head_dim": 8, "v_head_dim": 8}
    experts = {"n_routed_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24, "n_shared_experts": 1}
    common = {**COMMON, "num_key_value_heads": 4}
    config = hf.DeepseekV2Config(**common, **ranks, **experts, first_k_dense_replace=3, n_group=1, topk_group=1)
    return hf.DeepseekV2ForCausalLM(config)


def _glm4_moe() -> hf.PreTrainedModel:
    experts = {"n_routed_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24}
    order = {"n_group": 1, "topk_group": 1, "first_k_dense_replace": 2, "num_nextn_predict_layers": 1}
    return hf.Glm4MoeForCausalLM(hf.Glm4MoeConfig(**COMMON, **experts, **order, head_dim=8))


def _gpt_oss() -> hf.PreTrainedModel:
    experts = {"num_local_experts": 4, "num_experts_per_tok": 2}
    windows = {"sliding_window": WINDOW, "layer_types": _ALTERNATING}
    return hf.GptOssForCausalLM(hf.GptOssConfig(**COMMON, **experts, **windows, head_dim=8))


def _llama4() -> hf.PreTrainedModel:
    experts = {"num_local_experts": 4, "num_experts_per_tok": 1, "interleave_moe_layer_step": 2}
    kinds = {"no_rope_layers": [1, 1, 0, 1, 1, 0], "attention_chunk_size": WINDOW, "attn_scale": 0.5, "floor_scale": 4}
    config = hf.Llama4TextConfig(**COMMON, **experts, **kinds, head_dim=8, intermediate_size_mlp=48)
    return hf.Llama4ForCausalLM(config)


def _lfm2() -> hf.PreTrainedModel:
    kinds = ["conv", "full_attention", "conv", "conv", "full_attention", "full_attention"]
    return hf.Lfm2ForCausalLM(hf.Lfm2Config(**COMMON, layer_types=kinds))


FAMILIES: Mapping[str, Callable[[], hf.PreTrainedModel]] = {
    "llama": _llama,
    "mistral": _mistral,
    "mixtral": _mixtral,
    "qwen2": _qwen2,
    "qwen2_moe": _qwen2_moe,
    "qwen3": _qwen3,
    "qwen3_moe": _qwen3_moe,
    "gemma2": _gemma2,
    "gemma3": _gemma3,
    "gemma3_with_vision": _gemma3_with_vision,
    "phi3": _phi3,
    "gpt2": _gpt2,
    "gpt_neox": _gpt_neox,
    "gpt_neo": _gpt_neo,
    "falcon": _falcon,
    "bloom": _bloom,
    "opt": _opt,
    "olmo2": _olmo2,
    "olmo3": _olmo3,
    "smollm3": _smollm3,
    "cohere2": _cohere2,
    "granite": _granite,
    "stablelm": _stablelm,
    "deepseek_v2": _deepseek_v2,
    "glm4_moe": _glm4_moe,
    "gpt_oss": _gpt_oss,
    "llama4": _llama4,
    "lfm2": _lfm2,
}
"""Builders by LayerSwarm's test name of the family."""
