"""Tiny random causal LMs, one for each kind of decoder, built from their configs: nothing is downloaded.

``tiny_models()[name]()`` builds one in memory; ``save_tiny(name, folder)`` writes it as a model folder with a
byte-level tokenizer, as the Hub would give it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers as hf
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

LAYERS = 6
VOCABULARY = 264
HIDDEN = 32
SPECIAL_TOKENS = ("<pad>", "<s>", "</s>")
CHAT_TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"

_SPECIAL_IDS = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
_COMMON: dict[str, Any] = {
    "vocab_size": VOCABULARY,
    "hidden_size": HIDDEN,
    "intermediate_size": 48,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
    **_SPECIAL_IDS,
}
_SLIDING, _FULL = "sliding_attention", "full_attention"


def _llama() -> hf.PreTrainedModel:
    return hf.LlamaForCausalLM(hf.LlamaConfig(**_COMMON, tie_word_embeddings=True))


def _qwen2() -> hf.PreTrainedModel:
    return hf.Qwen2ForCausalLM(hf.Qwen2Config(**_COMMON))


def _qwen3() -> hf.PreTrainedModel:
    return hf.Qwen3ForCausalLM(hf.Qwen3Config(**_COMMON, head_dim=8))


def _qwen3_moe() -> hf.PreTrainedModel:
    moe = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 24, "mlp_only_layers": [1, 4]}
    return hf.Qwen3MoeForCausalLM(hf.Qwen3MoeConfig(**_COMMON, **moe, head_dim=8))


def _gemma3() -> hf.PreTrainedModel:
    types = [_SLIDING, _SLIDING, _FULL, _SLIDING, _SLIDING, _FULL]
    return hf.Gemma3ForCausalLM(hf.Gemma3TextConfig(**_COMMON, head_dim=8, sliding_window=8, layer_types=types))


def _gpt_neox() -> hf.PreTrainedModel:
    config = {name: value for name, value in _COMMON.items() if name != "num_key_value_heads"}
    return hf.GPTNeoXForCausalLM(hf.GPTNeoXConfig(**config))


def _gpt2() -> hf.PreTrainedModel:
    config = hf.GPT2Config(
        vocab_size=VOCABULARY, n_embd=HIDDEN, n_layer=LAYERS, n_head=4, n_positions=256, **_SPECIAL_IDS
    )
    return hf.GPT2LMHeadModel(config)


def _mixtral() -> hf.PreTrainedModel:
    return hf.MixtralForCausalLM(hf.MixtralConfig(**_COMMON, num_local_experts=4, num_experts_per_tok=2))


def _phi3() -> hf.PreTrainedModel:
    return hf.Phi3ForCausalLM(hf.Phi3Config(**_COMMON))


def _opt() -> hf.PreTrainedModel:
    config = hf.OPTConfig(
        vocab_size=VOCABULARY,
        hidden_size=HIDDEN,
        word_embed_proj_dim=HIDDEN,
        ffn_dim=48,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        max_position_embeddings=256,
        **_SPECIAL_IDS,
    )
    return hf.OPTForCausalLM(config)


def _falcon() -> hf.PreTrainedModel:
    config = hf.FalconConfig(
        vocab_size=VOCABULARY, hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=4, **_SPECIAL_IDS
    )
    return hf.FalconForCausalLM(config)


def _smollm3() -> hf.PreTrainedModel:
    return hf.SmolLM3ForCausalLM(hf.SmolLM3Config(**_COMMON, no_rope_layers=[1, 1, 1, 0, 1, 0]))


_BUILDERS: dict[str, Callable[[], hf.PreTrainedModel]] = {
    "llama": _llama,
    "qwen3": _qwen3,
    "gemma3": _gemma3,
    "gpt_neox": _gpt_neox,
    "gpt2": _gpt2,
    "qwen2": _qwen2,
    "qwen3_moe": _qwen3_moe,
    "mixtral": _mixtral,
    "phi3": _phi3,
    "opt": _opt,
    "falcon": _falcon,
    "smollm3": _smollm3,
}
CORE_FAMILIES = ("llama", "qwen3", "gemma3", "gpt_neox", "gpt2")
"""The five that every part of the engine must get right; the others differ in their config only."""


def tiny_models() -> dict[str, Callable[[], hf.PreTrainedModel]]:
    """Builders by family: each gives a fp32 model with ``LAYERS`` layers, in eval mode, the same at every call."""
    return {name: _seeded(build) for name, build in _BUILDERS.items()}


def _seeded(build: Callable[[], hf.PreTrainedModel]) -> Callable[[], hf.PreTrainedModel]:
    def make() -> hf.PreTrainedModel:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(7)
            model = build()
            _spread_weights(model)
        return model.eval()

    return make


def _spread_weights(model: hf.PreTrainedModel) -> None:
    """Make every layer matter: with the usual start of std 0.02 a random layer hardly moves the logits."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim >= 2:
                parameter.normal_(0.0, 0.12)


def tiny_tokenizer() -> hf.PreTrainedTokenizerFast:
    """A byte-level tokenizer of 259 tokens: any text round-trips, one token per byte; it has a chat template."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: index for index, token in enumerate([*SPECIAL_TOKENS, *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    pad, bos, eos = SPECIAL_TOKENS
    fast = hf.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=pad, bos_token=bos, eos_token=eos, model_max_length=256
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def save_tiny(
    name: str, folder: Path, *, dtype: torch.dtype = torch.float32, max_shard_size: str = "5GB"
) -> hf.PreTrainedModel:
    """Write the family ``name`` and its tokenizer into ``folder``, and return the model as written (in ``dtype``)."""
    model = tiny_models()[name]().to(dtype)
    model.save_pretrained(folder, max_shard_size=max_shard_size)
    tiny_tokenizer().save_pretrained(folder)
    return model
