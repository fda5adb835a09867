"""Write tiny models as GGUF files with the official package, as other tools would."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
import transformers as hf

from tests.engine.tiny_families import COMMON
from tests.engine.tiny_models import SPECIAL_TOKENS, VOCABULARY, tiny_models, tiny_tokenizer

Tensor = np.ndarray
_F32 = gguf.GGMLQuantizationType.F32
_LLAMA3 = {"rope_type": "llama3", "rope_theta": 500_000.0, "factor": 8.0}
_LLAMA3 |= {"low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 64}
_LONGROPE = {"rope_type": "longrope", "rope_theta": 10_000.0, "original_max_position_embeddings": 32}
_LONGROPE |= {"short_factor": [1.0, 1.1, 1.2, 1.3], "long_factor": [1.0, 2.0, 3.0, 4.0]}
_YARN = {"rope_type": "yarn", "rope_theta": 1e6, "factor": 4.0, "original_max_position_embeddings": 64}
_EXPERTS = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24}

Parts = Iterator[tuple[str, Tensor]]
"""Names in llama.cpp or transformers, and the tensors written under them."""


def _as_it_is(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    yield name, weight


@dataclass(frozen=True)
class _Form:
    """llama.cpp's form of a family: its architecture, and what differs from a plain copy of weights and settings."""

    architecture: gguf.MODEL_ARCH
    parts: Callable[[str, Tensor, hf.PreTrainedConfig], Parts] = _as_it_is
    settings: Callable[[gguf.GGUFWriter, hf.PreTrainedConfig], None] = lambda _writer, _config: None
    build: Callable[[], hf.PreTrainedModel] | None = None
    """Builds the model if it is not the one of that name in ``tiny_models``."""


def write_tiny_gguf(
    file: Path,
    licence: str = "mit",
    kind: gguf.GGMLQuantizationType = _F32,
    family: str = "llama",
    fields: Mapping[str, Any] | None = None,
    tensors: Mapping[str, Tensor | None] | None = None,
    split_after: int = 0,
) -> hf.PreTrainedModel:
    """Write a tiny model to ``file`` and return the model in float32.

    Args:
        file: The file to write.
        licence: The licence in the metadata.
        kind: The number format of matrices whose rows are a multiple of its block.
        family: A key of ``FORMS``.
        fields: Metadata to add or replace; None removes a field.
        tensors: Tensors to add or replace; None removes a tensor.
        split_after: Number of tensors per part of a split file; 0 writes one file.
    """
    form = FORMS[family]
    model = _seeded(form.build) if form.build else tiny_models()[family]()
    writer = gguf.GGUFWriter(file, gguf.MODEL_ARCH_NAMES[form.architecture], split_max_tensors=split_after)
    writer.add_license(licence)
    _add_settings(writer, model.config)
    form.settings(writer, model.config)
    _add_tokenizer(writer)
    for name, value in (fields or {}).items():
        for shard in writer.kv_data:
            shard.pop(name, None)
        if value is not None:
            writer.add_key_value(name, value, gguf.GGUFValueType.get_type(value), _entry_type(value))
    for name, weight in _named(model, form, tensors or {}):
        fits = weight.ndim > 1 and weight.shape[-1] % gguf.GGML_QUANT_SIZES[kind][0] == 0
        stored = kind if fits else _F32
        writer.add_tensor(name, gguf.quants.quantize(weight, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return model


def _entry_type(value: object) -> gguf.GGUFValueType | None:
    return gguf.GGUFValueType.get_type(value[0]) if isinstance(value, Sequence) and not isinstance(value, str) else None


def _seeded(build: Callable[[], hf.PreTrainedModel]) -> hf.PreTrainedModel:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        model = build()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(torch.randn_like(parameter), alpha=0.12)
    return model.eval()


def _named(model: hf.PreTrainedModel, form: _Form, changed: Mapping[str, Tensor | None]) -> Parts:
    names = gguf.get_tensor_name_map(form.architecture, model.config.num_hidden_layers)
    own = {}
    for ours, tensor in model.state_dict().items():
        if ours == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        for name, weight in form.parts(ours, tensor.numpy(), model.config):
            own[names.get_name(name, try_suffixes=(".weight", ".bias")) or name] = np.ascontiguousarray(weight)
    for name, weight in {**own, **changed}.items():
        if weight is not None:
            yield name, weight


def _add_settings(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(getattr(config, "max_position_embeddings", 256))
    writer.add_embedding_length(config.hidden_size)
    writer.add_vocab_size(config.vocab_size)
    if hasattr(config, "num_attention_heads"):
        writer.add_head_count(config.num_attention_heads)
    if getattr(config, "intermediate_size", None) and getattr(config, "num_key_value_heads", None):
        writer.add_feed_forward_length(config.intermediate_size)
        writer.add_head_count_kv(config.num_key_value_heads)
    if (rope := getattr(config, "rope_parameters", None)) is not None:
        writer.add_rope_freq_base(rope.get("full_attention", rope)["rope_theta"])
    if hasattr(config, "rms_norm_eps"):
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    if getattr(config, "sliding_window", None):
        writer.add_sliding_window(config.sliding_window)
        sliding = [kind == "sliding_attention" for kind in getattr(config, "layer_types", ())]
        if sliding and config.model_type != "gemma2":  # whose windows are as llama.cpp expects them
            writer.add_sliding_window_pattern(sliding)


def _add_tokenizer(writer: gguf.GGUFWriter) -> None:
    tokenizer = tiny_tokenizer()
    tokens = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
    tokens += ["ab", *(f"<unused{number}>" for number in range(VOCABULARY - len(tokens) - 1))]
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    kinds = [gguf.TokenType.CONTROL if token in SPECIAL_TOKENS else gguf.TokenType.NORMAL for token in tokens]
    writer.add_token_types(kinds)
    writer.add_token_merges(["a b"])
    writer.add_pad_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


def _interleaved(name: str, weight: Tensor, config: hf.PreTrainedConfig) -> Parts:
    """Permute the rows of Llama's queries and keys to the order of the original release, as in GGUF."""
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    count = next((count for part, count in heads.items() if part in name), None)
    if count is None:
        yield name, weight
    else:
        halves = weight.reshape(count, 2, weight.shape[0] // count // 2, *weight.shape[1:])
        yield name, halves.swapaxes(1, 2).reshape(weight.shape)


def _one_more(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    """Store Gemma's and Nemotron's norms as offsets from one."""
    yield name, weight + 1 if name.endswith("norm.weight") else weight


def _stacked(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    """Split the first and the second matrix of each expert, as in GGUF."""
    block = f"blk.{name.split('.')[2]}" if ".layers." in name else ""
    if name.endswith("experts.gate_up_proj"):
        half = weight.shape[1] // 2
        yield f"{block}.ffn_gate_exps.weight", weight[:, :half]
        yield f"{block}.ffn_up_exps.weight", weight[:, half:]
    elif name.endswith("experts.down_proj"):
        yield f"{block}.ffn_down_exps.weight", weight
    else:
        yield name, weight


def _transposed(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    """Transpose the matrices of GPT-2."""
    yield name, weight.T if ".h." in name and weight.ndim == 2 else weight


def _untangled(name: str, weight: Tensor, config: hf.PreTrainedConfig) -> Parts:
    """Reorder Bloom's queries, keys and values, which are grouped by head, to llama.cpp's consecutive order."""
    if "query_key_value" in name:
        heads = weight.reshape(config.n_head, 3, -1, *weight.shape[1:])
        weight = heads.swapaxes(0, 1).reshape(weight.shape)
    yield name.removeprefix("transformer."), weight


def _mamba(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    if name.endswith("A_log"):
        yield name, -np.exp(weight)
    else:
        yield name, weight.squeeze() if "conv1d.weight" in name else weight


def _lfm2(name: str, weight: Tensor, _config: hf.PreTrainedConfig) -> Parts:
    yield name, weight.squeeze(1) if "conv.conv.weight" in name else weight


def _add_heads(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)


def _add_gemma(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    _add_heads(writer, config)
    if config.model_type == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
    elif config.rope_parameters["full_attention"]["rope_type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(config.rope_parameters["full_attention"]["factor"])
        writer.add_rope_freq_base_swa(config.rope_parameters["sliding_attention"]["rope_theta"])


def _add_cohere(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_logit_scale(config.logit_scale)
    writer.add_layer_norm_eps(config.layer_norm_eps)
    writer.add_rope_dimension_count(config.head_dim)


def _add_experts(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_expert_count(config.num_experts)
    writer.add_expert_used_count(config.num_experts_per_tok)
    writer.add_expert_feed_forward_length(config.moe_intermediate_size)
    if config.model_type == "qwen2_moe":
        writer.add_expert_shared_feed_forward_length(config.shared_expert_intermediate_size)
    else:
        _add_heads(writer, config)


def _add_yarn(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
    writer.add_rope_scaling_factor(config.rope_parameters["factor"])
    writer.add_rope_scaling_orig_ctx_len(config.rope_parameters["original_max_position_embeddings"])


def _add_llama3(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    """Return the divisor of each frequency by transformers' own formula."""
    width = config.head_dim
    _add_heads(writer, config)
    writer.add_rope_dimension_count(width)
    compute = hf.modeling_rope_utils.ROPE_INIT_FUNCTIONS["llama3"]
    plain = 1.0 / config.rope_parameters["rope_theta"] ** (np.arange(0, width, 2) / width)
    factors = plain / compute(config, "cpu")[0].numpy()
    writer.add_tensor("rope_freqs.weight", factors.astype(np.float32))


def _add_phi3(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    rope = config.rope_parameters
    width = config.hidden_size // config.num_attention_heads
    writer.add_rope_dimension_count(int(width * rope.get("partial_rotary_factor", 1.0)))
    writer.add_rope_scaling_orig_ctx_len(rope.get("original_max_position_embeddings", 4096))
    if rope["rope_type"] == "longrope":
        _, attention = hf.modeling_rope_utils.ROPE_INIT_FUNCTIONS["longrope"](config, "cpu")
        writer.add_rope_scaling_attn_factors(attention)
        for name in ("short", "long"):
            writer.add_tensor(f"rope_factors_{name}.weight", np.array(rope[f"{name}_factor"], np.float32))


def _add_layer_norm(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    names = ("layer_norm_epsilon", "layer_norm_eps", "norm_epsilon", "norm_eps")
    writer.add_layer_norm_eps(next(value for name in names if (value := getattr(config, name, None))))
    rope = getattr(config, "rope_parameters", None)
    if rope and "partial_rotary_factor" in rope:
        width = config.hidden_size // config.num_attention_heads
        writer.add_rope_dimension_count(int(rope["partial_rotary_factor"] * width))
    if config.model_type == "stablelm":
        writer.add_parallel_residual(config.use_parallel_residual)
    if config.model_type in ("gpt2", "bloom", "falcon"):
        writer.add_feed_forward_length(4 * config.hidden_size)
    if config.model_type == "falcon":
        writer.add_head_count_kv(1)


def _add_mamba(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    writer.add_head_count(0)
    writer.add_feed_forward_length(0)
    writer.add_layer_norm_rms_eps(config.layer_norm_epsilon)
    writer.add_ssm_conv_kernel(config.conv_kernel)
    writer.add_ssm_inner_size(config.intermediate_size)
    writer.add_ssm_state_size(config.state_size)
    writer.add_ssm_time_step_rank(config.time_step_rank)


def _add_lfm2(writer: gguf.GGUFWriter, config: hf.PreTrainedConfig) -> None:
    """Mark convolution layers by zeros in the list of heads, and write the final width."""
    heads = [config.num_key_value_heads if kind == "full_attention" else 0 for kind in config.layer_types]
    writer.add_head_count_kv(heads)
    writer.add_feed_forward_length(256)
    writer.add_layer_norm_rms_eps(config.norm_eps)
    writer.add_shortconv_l_cache(config.conv_L_cache)


FORMS: Mapping[str, _Form] = {
    "llama": _Form(gguf.MODEL_ARCH.LLAMA, _interleaved),
    "gemma2": _Form(gguf.MODEL_ARCH.GEMMA2, _one_more, _add_gemma),
    "gemma3": _Form(gguf.MODEL_ARCH.GEMMA3, _one_more, _add_gemma),
    "cohere2": _Form(gguf.MODEL_ARCH.COHERE2, settings=_add_cohere),
    "olmo3": _Form(gguf.MODEL_ARCH.OLMO2),
    "qwen3": _Form(gguf.MODEL_ARCH.QWEN3, settings=_add_heads),
    "llama3_rope": _Form(
        gguf.MODEL_ARCH.LLAMA,
        _interleaved,
        _add_llama3,
        lambda: hf.LlamaForCausalLM(hf.LlamaConfig(**COMMON, head_dim=16, rope_parameters=_LLAMA3)),
    ),
    "llama_biases": _Form(
        gguf.MODEL_ARCH.LLAMA,
        _interleaved,
        build=lambda: hf.LlamaForCausalLM(hf.LlamaConfig(**COMMON, attention_bias=True, mlp_bias=True)),
    ),
    "llama_all_heads": _Form(
        gguf.MODEL_ARCH.LLAMA,
        _interleaved,
        build=lambda: hf.LlamaForCausalLM(hf.LlamaConfig(**{**COMMON, "num_key_value_heads": 4})),
    ),
    "gemma3_linear_rope": _Form(
        gguf.MODEL_ARCH.GEMMA3,
        _one_more,
        _add_gemma,
        lambda: hf.Gemma3ForCausalLM(
            hf.Gemma3TextConfig(
                **COMMON,
                head_dim=8,
                query_pre_attn_scalar=8,
                sliding_window=8,
                rope_parameters={
                    "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1e6},
                    "sliding_attention": {"rope_type": "default", "rope_theta": 2e4},
                },
            )
        ),
    ),
    "qwen2_yarn": _Form(
        gguf.MODEL_ARCH.QWEN2,
        settings=_add_yarn,
        build=lambda: hf.Qwen2ForCausalLM(hf.Qwen2Config(**COMMON, rope_parameters=_YARN)),
    ),
    "qwen2_moe": _Form(
        gguf.MODEL_ARCH.QWEN2MOE,
        _stacked,
        _add_experts,
        lambda: hf.Qwen2MoeForCausalLM(hf.Qwen2MoeConfig(**COMMON, **_EXPERTS, shared_expert_intermediate_size=20)),
    ),
    "qwen3_moe": _Form(
        gguf.MODEL_ARCH.QWEN3MOE,
        _stacked,
        _add_experts,
        lambda: hf.Qwen3MoeForCausalLM(hf.Qwen3MoeConfig(**COMMON, **_EXPERTS, head_dim=8, norm_topk_prob=True)),
    ),
    "phi3": _Form(gguf.MODEL_ARCH.PHI3, settings=_add_phi3),
    "phi3_longrope": _Form(
        gguf.MODEL_ARCH.PHI3,
        settings=_add_phi3,
        build=lambda: hf.Phi3ForCausalLM(
            hf.Phi3Config(**COMMON, original_max_position_embeddings=32, rope_parameters=dict(_LONGROPE))
        ),
    ),
    "gpt2": _Form(gguf.MODEL_ARCH.GPT2, _transposed, _add_layer_norm),
    "starcoder2": _Form(
        gguf.MODEL_ARCH.STARCODER2,
        settings=_add_layer_norm,
        build=lambda: hf.Starcoder2ForCausalLM(hf.Starcoder2Config(**COMMON)),
    ),
    "stablelm": _Form(gguf.MODEL_ARCH.STABLELM, settings=_add_layer_norm),
    "nemotron": _Form(
        gguf.MODEL_ARCH.NEMOTRON,
        _one_more,
        _add_layer_norm,
        lambda: hf.NemotronForCausalLM(hf.NemotronConfig(**COMMON)),
    ),
    "falcon": _Form(gguf.MODEL_ARCH.FALCON, settings=_add_layer_norm),
    "bloom": _Form(gguf.MODEL_ARCH.BLOOM, _untangled, _add_layer_norm),
    "mamba": _Form(gguf.MODEL_ARCH.MAMBA, _mamba, _add_mamba),
    "lfm2": _Form(gguf.MODEL_ARCH.LFM2, _lfm2, _add_lfm2),
}
"""Forms by a test name of the family or of the model's peculiarity."""
