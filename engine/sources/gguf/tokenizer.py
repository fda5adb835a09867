"""Build a transformers tokenizer from a GGUF file.

transformers' own builder does most of it. What it lacks is added here as in llama.cpp: unknown rules for splitting text
before the merges (``tokenizer.ggml.pre``), and what follows from such a rule.
"""

import json
from collections.abc import Mapping
from typing import Any

from tokenizers import Regex, Tokenizer, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from transformers.integrations.gguf.gguf_tokenizer_mapping import (
    GGUF_PRE_TOKENIZER_SPLITS,
    GGUF_TOKENIZER_MAPPING,
    convert_gguf_tokenizer,
)

from engine.api.errors import BadInput, quoted
from engine.api.message import ended, worded
from engine.models.quiet import quiet_transformers
from engine.sources.gguf.metadata import Value, shown
from engine.sources.gguf.parts import Gguf

_BYTE_LEVEL, _SENTENCEPIECE, _GEMMA4 = "gpt2", "llama", "gemma4"
_SPECIAL = {"bos": "bos_token", "eos": "eos_token", "unknown": "unk_token", "padding": "pad_token"}

_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)"
_SENTENCES = r" ?[^(\s|.,!?…。，、।۔،)]+"
_DEFAULT = "default"
_CUTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion", "granite-docling", "exaone4", "gigachat", "mellum"),
        (_WORDS,),
    ),
    **dict.fromkeys(
        ("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"), (r"\p{N}", _WORDS)
    ),
    **dict.fromkeys(("bloom", "poro-chat", "gpt3-finnish"), (_SENTENCES,)),
    "viking": (_SENTENCES, r"\p{N}"),
    "falcon": (r"[\p{P}\$\+<=>\^~\|`]+", _WORDS, r"[0-9][0-9][0-9]"),
    "deepseek-coder": (r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", r"[一-龥ࠀ-一가-퟿]+", r"\p{N}"),
    _DEFAULT: (r"[\p{P}\$\+<=>\^~\|]+", _WORDS, r"\p{N}+", r"[0-9][0-9][0-9]"),
}
"""Regular expressions, applied in order, by which llama.cpp splits a text before the merges, by rule."""
_SAME_AS: Mapping[str, str] = {
    "": _DEFAULT,  # files from before April 2024 state no rule
    "stablelm2": "qwen2",
    "hunyuan": "qwen2",
    "solar-open": "qwen2",
    "glm4": "llama-bpe",
    "chatglm-bpe": "llama-bpe",
}
"""Aliases of rules."""
_BEGUN = frozenset(
    {"llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2", "jina-v5-nano", "tekken"}
)
"""Rules that prepend the BOS token unless the file states otherwise, and that ignore the merges of a word that is
itself a token."""


def gguf_tokenizer(gguf: Gguf) -> PreTrainedTokenizerFast:
    """Build the tokenizer that a GGUF file holds.

    Raises:
        BadInput: The file holds no tokenizer that transformers can represent.
    """
    vocabulary, config = _stated(gguf)
    with quiet_transformers():
        try:
            backend, _ = convert_gguf_tokenizer(gguf.architecture, vocabulary)
            backend = _stated_only(backend, len(vocabulary["tokens"]))
            _cut_and_merge(backend, vocabulary)
            return PreTrainedTokenizerFast(tokenizer_object=backend, **config)
        except Exception as error:  # the library raises many types of error for damaged files
            reason = quoted(error, 200)
            raise BadInput(worded("The tokenizer in {0} cannot be read: {1}", gguf.files[0], ended(reason))) from error


def _stated_only(backend: Tokenizer, count: int) -> Tokenizer:
    """Drop the tokens that transformers adds after those of the file: the model has no rows for them."""
    if all(place < count for place in backend.get_added_tokens_decoder()):
        return backend
    content = json.loads(backend.to_str())
    content["added_tokens"] = [token for token in content["added_tokens"] if token["id"] < count]
    return Tokenizer.from_str(json.dumps(content))


def _stated(gguf: Gguf) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the vocabulary with its merges, and the config, as transformers expects them."""
    vocabulary, config = _renamed(gguf, "tokenizer"), _renamed(gguf, "tokenizer_config")
    _check_kind(gguf, vocabulary)
    _check_settings(gguf, config)
    if vocabulary["tokenizer_type"] == _BYTE_LEVEL:
        rule = vocabulary["pre_tokenizer_type"]
        vocabulary |= {"merges": _usable_merges(vocabulary), "pre_tokenizer_type": _SAME_AS.get(rule, rule)}
        config.setdefault("add_bos_token", rule in _BEGUN)
    else:
        config.setdefault("add_bos_token", True)
    if vocabulary["tokenizer_type"] == _GEMMA4:
        config["add_bos_token"] = False  # its chat template adds that token
    for name, ours in _SPECIAL.items():
        config[ours] = _special(gguf, f"tokenizer.ggml.{name}_token_id", vocabulary["tokens"])
    return vocabulary, config


def _renamed(gguf: Gguf, group: str) -> dict[str, Any]:
    """Return the file's fields of a group, by transformers' names for them."""
    names = {f"tokenizer.{theirs}": ours for theirs, ours in GGUF_TOKENIZER_MAPPING[group].items()}
    return {names[name]: value for name, value in gguf.metadata.items() if name in names}


def _check_kind(gguf: Gguf, vocabulary: dict[str, Any]) -> None:
    file, kind = gguf.files[0], vocabulary.get("tokenizer_type")
    if kind not in (_BYTE_LEVEL, _SENTENCEPIECE, _GEMMA4):
        raise BadInput(
            worded(
                "{0} has a tokenizer of the kind {1}, which transformers does not read from GGUF; give the Hugging "
                "Face folder of the model.",
                file,
                shown(kind),
            )
        )
    vocabulary["pre_tokenizer_type"] = rule = vocabulary.get("pre_tokenizer_type") or ""
    if kind == _BYTE_LEVEL and rule not in (*_CUTS, *_SAME_AS, *GGUF_PRE_TOKENIZER_SPLITS):
        raise BadInput(
            worded(
                "{0} splits texts by the unknown rule {1} (tokenizer.ggml.pre); give the Hugging Face folder of the "
                "model.",
                file,
                shown(rule),
            )
        )
    _check_lists(gguf, vocabulary)


def _check_settings(gguf: Gguf, config: dict[str, Any]) -> None:
    for name, value in config.items():
        if not isinstance(value, str if name == "chat_template" else bool):
            raise BadInput(
                worded(
                    "{0} states {1} for its tokenizer's {2}; download or convert it again.",
                    gguf.files[0],
                    shown(value),
                    name,
                )
            )


def _check_lists(gguf: Gguf, vocabulary: dict[str, Any]) -> None:
    tokens: Any = vocabulary.get("tokens")
    needs = vocabulary["tokenizer_type"] == _SENTENCEPIECE
    if needs and "merges" not in vocabulary and "scores" not in vocabulary:
        raise BadInput(
            worded("{0} has neither scores nor merges for its tokens; download or convert it again.", gguf.files[0])
        )
    for name, kind in (("tokens", str), ("merges", str), ("scores", float), ("token_type", int)):
        entries: Any = vocabulary.get(name)
        listed = isinstance(entries, list) and isinstance(tokens, list)
        fits = listed and (name == "merges" or len(entries) == len(tokens))
        if entries is not None and not (fits and all(type(entry) is kind for entry in entries)):
            raise BadInput(
                worded(
                    "{0} is damaged (tokenizer.ggml.{1} is not a list of the right kind and length); download or "
                    "convert it again.",
                    gguf.files[0],
                    name,
                )
            )


def _usable_merges(vocabulary: dict[str, Any]) -> list[str]:
    """Return the merges that form a token; llama.cpp undoes the others, and the tokenizers library rejects them."""
    tokens = set(vocabulary["tokens"])
    merges = (merge.split(" ") for merge in vocabulary.get("merges", []))
    return [" ".join(parts) for parts in merges if len(parts) == 2 and {*parts, "".join(parts)} <= tokens]


def _special(gguf: Gguf, name: str, tokens: list[str]) -> str | None:
    place: Value | None = gguf.metadata.get(name)
    if place is None:
        return None
    if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(tokens):
        raise BadInput(
            worded(
                "{0} states {1} for {2}, but has {3:,} tokens; download or convert it again.",
                gguf.files[0],
                shown(place),
                name,
                len(tokens),
            )
        )
    return tokens[place]


def _cut_and_merge(backend: Tokenizer, vocabulary: dict[str, Any]) -> None:
    """Apply the parts of a rule that transformers leaves out."""
    if vocabulary["tokenizer_type"] != _BYTE_LEVEL:
        return
    rule = vocabulary["pre_tokenizer_type"]
    if rule in _CUTS:
        cuts = [pre_tokenizers.Split(Regex(cut), "isolated") for cut in _CUTS[rule]]
        backend.pre_tokenizer = pre_tokenizers.Sequence(
            [*cuts, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
        )
    if rule in _BEGUN:
        model = backend.model
        model.ignore_merges = True
        backend.model = model
