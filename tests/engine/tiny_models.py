"""Build tiny random causal LMs, one for each kind of decoder, from their configs and without downloads.

``tiny_models()[name]()`` builds one in memory; ``save_tiny(name, folder)`` writes it as a model folder with a
byte-level tokenizer, as the Hub would give it.
"""

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import torch
import transformers as hf
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from tests.engine.newcomers import NEWCOMERS
from tests.engine.tiny_families import FAMILIES, HIDDEN, LAYERS, VOCABULARY
from tests.engine.tiny_wrappers import WRAPPERS

__all__ = ["CORE_FAMILIES", "HIDDEN", "LAYERS", "VOCABULARY", "save_tiny", "tiny_models", "tiny_tokenizer"]

SPECIAL_TOKENS = ("<pad>", "<s>", "</s>")
CHAT_TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"

CORE_FAMILIES = ("llama", "qwen3", "gemma3", "gpt_neox", "gpt2")
"""The five with which every part of the engine is tested; ``test_families.py`` tests all of them."""


def tiny_models() -> dict[str, Callable[[], hf.PreTrainedModel]]:
    """Return builders by family; each returns the same float32 model with ``LAYERS`` layers at every call."""
    return {name: _seeded(build) for name, build in {**FAMILIES, **NEWCOMERS, **WRAPPERS}.items()}


def _seeded(build: Callable[[], hf.PreTrainedModel]) -> Callable[[], hf.PreTrainedModel]:
    def make() -> hf.PreTrainedModel:
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(7)
            model = build()
            _spread_weights(model)
        return model.eval()

    return make


def _spread_weights(model: hf.PreTrainedModel) -> None:
    """Make every layer matter: with the usual initial std of 0.02 a random layer hardly changes the logits."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim >= 2:
                parameter.normal_(0.0, 0.12)


def tiny_tokenizer() -> hf.PreTrainedTokenizerFast:
    """Return a byte-level tokenizer with 259 tokens and a chat template: any text round-trips, one token per byte."""
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


def save_tiny(name: str, folder: Path, *, dtype: torch.dtype = torch.float32, max_shard_size: str = "5GB") -> None:
    """Write the family ``name`` (in ``dtype``) and its tokenizer into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in _saved_files(name, dtype, max_shard_size).items():
        (folder / file).write_bytes(content)


@cache
def _saved_files(name: str, dtype: torch.dtype, max_shard_size: str) -> Mapping[str, bytes]:
    """Return the content of each file; hundreds of tests begin with the same few models."""
    with tempfile.TemporaryDirectory() as folder:
        tiny_models()[name]().to(dtype).save_pretrained(folder, max_shard_size=max_shard_size)
        tiny_tokenizer().save_pretrained(folder)
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}
