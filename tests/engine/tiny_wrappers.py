"""Build tiny random multimodal models: a text decoder in a wrapper with a vision tower or an audio encoder.

The text decoder has ``LAYERS`` layers and the towers have two, so that the two lists cannot be confused.
"""

from collections.abc import Callable, Mapping
from typing import Any

import transformers as hf

from tests.engine.tiny_families import COMMON, HIDDEN, VOCABULARY, WINDOW

_TOWER_LAYERS = 2
_IMAGE, _VIDEO, _START, _END = 260, 261, 262, 263
_SIGHT: dict[str, Any] = {
    "hidden_size": 16,
    "intermediate_size": 16,
    "num_attention_heads": 2,
    "num_hidden_layers": _TOWER_LAYERS,
    "image_size": 28,
    "patch_size": 14,
}
_QWEN_SIGHT: dict[str, Any] = {
    "depth": _TOWER_LAYERS,
    "hidden_size": 16,
    "intermediate_size": 16,
    "num_heads": 2,
    "out_hidden_size": HIDDEN,
}
_QWEN_IDS: dict[str, Any] = {
    "image_token_id": _IMAGE,
    "video_token_id": _VIDEO,
    "vision_start_token_id": _START,
    "vision_end_token_id": _END,
}
_LINEAR: dict[str, Any] = {
    "linear_num_value_heads": 4,
    "linear_num_key_heads": 2,
    "linear_key_head_dim": 8,
    "linear_value_head_dim": 8,
}
UNEVEN_LINEAR = ["linear_attention", "linear_attention", "full_attention"] * 2


def _mrope(sections: list[int], **more: object) -> dict[str, Any]:
    return {"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": sections, **more}}


def _qwen2_5_vl() -> hf.PreTrainedModel:
    config = hf.Qwen2_5_VLConfig(
        text_config={**COMMON, **_mrope([1, 1, 2])},
        vision_config={**_QWEN_SIGHT, "fullatt_block_indexes": [1]},
        **_QWEN_IDS,
    )
    return hf.Qwen2_5_VLForConditionalGeneration(config)


def _qwen2_vl() -> hf.PreTrainedModel:
    sight = {"depth": _TOWER_LAYERS, "embed_dim": 16, "hidden_size": HIDDEN, "num_heads": 2, "mlp_ratio": 1}
    config = hf.Qwen2VLConfig(text_config={**COMMON, **_mrope([1, 1, 2])}, vision_config=sight, **_QWEN_IDS)
    return hf.Qwen2VLForConditionalGeneration(config)


def _qwen3_vl() -> hf.PreTrainedModel:
    sight = {**_QWEN_SIGHT, "num_position_embeddings": 4, "deepstack_visual_indexes": [0]}
    text = {**COMMON, "head_dim": 8, **_mrope([2, 1, 1], mrope_interleaved=True)}
    return hf.Qwen3VLForConditionalGeneration(hf.Qwen3VLConfig(text_config=text, vision_config=sight, **_QWEN_IDS))


def _qwen3_5() -> hf.PreTrainedModel:
    text = {**COMMON, **_LINEAR, "head_dim": 8, "layer_types": UNEVEN_LINEAR}
    text |= _mrope([1, 0, 0], mrope_interleaved=True, partial_rotary_factor=0.25)
    sight = {**_QWEN_SIGHT, "num_position_embeddings": 4}
    return hf.Qwen3_5ForConditionalGeneration(hf.Qwen3_5Config(text_config=text, vision_config=sight, **_QWEN_IDS))


def _mistral3() -> hf.PreTrainedModel:
    sight = hf.PixtralVisionConfig(**_SIGHT, head_dim=8)
    text = hf.MistralConfig(**COMMON, head_dim=8, sliding_window=None)
    config = hf.Mistral3Config(text_config=text, vision_config=sight, image_token_index=_IMAGE)
    return hf.Mistral3ForConditionalGeneration(config)


def _llama4() -> hf.PreTrainedModel:
    experts = {"num_local_experts": 4, "num_experts_per_tok": 1, "interleave_moe_layer_step": 2}
    kinds = {"no_rope_layers": [1, 1, 0, 1, 1, 0], "attention_chunk_size": WINDOW, "intermediate_size_mlp": 48}
    text = hf.Llama4TextConfig(**COMMON, **experts, **kinds, head_dim=8)
    sight = {**_SIGHT, "vision_output_dim": 16, "projector_input_dim": 16, "projector_output_dim": 16}
    whole = hf.Llama4Config(
        text_config=text,
        vision_config=hf.Llama4VisionConfig(**sight),
        boi_token_index=_START,
        eoi_token_index=_END,
        image_token_index=_IMAGE,
    )
    return hf.Llama4ForConditionalGeneration(whole)


def _mllama() -> hf.PreTrainedModel:
    """Build Llama 3.2 Vision, whose layers 1 and 4 attend to the image and are skipped for text."""
    text = hf.MllamaTextConfig(**{**COMMON, "vocab_size": VOCABULARY}, cross_attention_layers=[1, 4])
    sight = hf.MllamaVisionConfig(
        hidden_size=16,
        num_hidden_layers=_TOWER_LAYERS,
        num_global_layers=1,
        attention_heads=2,
        intermediate_size=16,
        vision_output_dim=32,
        image_size=28,
        patch_size=14,
        intermediate_layers_indices=[0],
        supported_aspect_ratios=[[1, 1]],
        max_num_tiles=1,
    )
    return hf.MllamaForConditionalGeneration(hf.MllamaConfig(text_config=text, vision_config=sight))


def _gemma4() -> hf.PreTrainedModel:
    whole = hf.Gemma4Config(
        text_config=gemma4_text(),
        vision_config=hf.Gemma4VisionConfig(
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=_TOWER_LAYERS,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=8,
        ),
        audio_config=None,
        image_token_id=_IMAGE,
        boi_token_id=_START,
        eoi_token_id=_END,
    )
    return hf.Gemma4ForConditionalGeneration(whole)


def gemma4_text() -> Any:
    """Return the config of Gemma 4's text decoder, with two kinds of rotation; transformers 4 knows only one."""
    kinds = ["sliding_attention", "full_attention", "sliding_attention"] * 2
    plain = {"hidden_size_per_layer_input": 0, "num_kv_shared_layers": 0, "layer_types": kinds}
    return hf.Gemma4TextConfig(**COMMON, **plain, head_dim=8, global_head_dim=16, sliding_window=WINDOW)


def _llava() -> hf.PreTrainedModel:
    whole = hf.LlavaConfig(
        text_config=hf.LlamaConfig(**COMMON), vision_config=hf.CLIPVisionConfig(**_SIGHT), image_token_index=_IMAGE
    )
    return hf.LlavaForConditionalGeneration(whole)


def _smolvlm() -> hf.PreTrainedModel:
    text = hf.LlamaConfig(**COMMON)
    sight = {**_SIGHT, "patch_size": 14}
    whole = hf.SmolVLMConfig(text_config=text, vision_config=sight, image_token_id=_IMAGE, scale_factor=1)
    return hf.SmolVLMForConditionalGeneration(whole)


def _lfm2_vl() -> hf.PreTrainedModel:
    kinds = ["conv", "full_attention", "conv", "conv", "full_attention", "full_attention"]
    text = hf.Lfm2Config(**COMMON, layer_types=kinds)
    sight = {**_SIGHT, "num_patches": 4}
    del sight["image_size"]
    whole = hf.Lfm2VlConfig(text_config=text, vision_config=hf.Siglip2VisionConfig(**sight), image_token_id=_IMAGE)
    return hf.Lfm2VlForConditionalGeneration(whole)


def _internvl() -> hf.PreTrainedModel:
    sight = {**_SIGHT, "image_size": [28, 28], "patch_size": [14, 14]}
    whole = hf.InternVLConfig(
        text_config=hf.Qwen2Config(**COMMON), vision_config=hf.InternVLVisionConfig(**sight), image_token_id=_IMAGE
    )
    return hf.InternVLForConditionalGeneration(whole)


def _voxtral() -> hf.PreTrainedModel:
    hearing = {"hidden_size": 16, "intermediate_size": 64, "num_attention_heads": 2, "num_mel_bins": 8}
    audio = hf.VoxtralEncoderConfig(**hearing, num_hidden_layers=_TOWER_LAYERS, max_source_positions=16)
    text = hf.LlamaConfig(**COMMON, head_dim=8)
    return hf.VoxtralForConditionalGeneration(
        hf.VoxtralConfig(text_config=text, audio_config=audio, audio_token_id=_IMAGE)
    )


WRAPPERS: Mapping[str, Callable[[], hf.PreTrainedModel]] = {
    "qwen2_vl": _qwen2_vl,
    "qwen2_5_vl": _qwen2_5_vl,
    "qwen3_vl": _qwen3_vl,
    "qwen3_5_with_vision": _qwen3_5,
    "mistral3": _mistral3,
    "llama4_with_vision": _llama4,
    "mllama": _mllama,
    "gemma4_with_vision": _gemma4,
    "llava": _llava,
    "smolvlm": _smolvlm,
    "lfm2_vl": _lfm2_vl,
    "internvl": _internvl,
    "voxtral": _voxtral,
}
"""Builders by name."""
