"""Read a text as lm-eval's model class for transformers does, without lm-eval: its tokens, first token and context."""

from transformers import PreTrainedModel, PreTrainedTokenizerBase

_CONTEXT_FIELDS = ("n_positions", "max_position_embeddings", "n_ctx")
"""Config fields that state a context length, in the order in which they are looked at."""
_UNSET = int(1e30)
"""The ``model_max_length`` of a tokenizer that states none."""
_DEFAULT_CONTEXT = 2048
"""Tokens, where neither config nor tokenizer states a context length."""


class TextReader:
    """The parts of lm-eval's ``HFLM`` (https://github.com/EleutherAI/lm-evaluation-harness) that perplexity needs."""

    def __init__(self, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> None:
        self.tokenizer = tokenizer
        self.context_tokens = _context(model, tokenizer)
        first = tokenizer.bos_token_id
        self.first_token: int = tokenizer.eos_token_id if first is None else first
        """The token before a text."""

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a text, with the tokenizer's special tokens unless it begins with the first one."""
        has_first = text.startswith(str(self.tokenizer.decode(self.first_token)))
        tokens: list[int] = self.tokenizer.encode(text, **({"add_special_tokens": False} if has_first else {}))
        return tokens


def _context(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> int:
    config = getattr(model.config, "text_config", None) or model.config
    stated = (getattr(config, field, None) for field in _CONTEXT_FIELDS)
    found = next((length for length in stated if length is not None), None)
    if found is None and tokenizer.model_max_length != _UNSET:
        found = tokenizer.model_max_length
    return _DEFAULT_CONTEXT if found is None else int(found)
