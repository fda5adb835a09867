"""Compare an export's tokenizer, chat templates and end tokens with its source's."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from transformers import PreTrainedTokenizerBase
from transformers.utils import AUDIO_TOKENIZER_NAME, IMAGE_PROCESSOR_NAME, PROCESSOR_NAME, VIDEO_PROCESSOR_NAME

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.message import worded, worded_count
from engine.model_files.folder_content import read_json
from engine.models.chat_rendering import rendered_apart
from engine.models.companion_files import companion_files
from engine.models.loading import load_stock_tokenizer
from engine.models.quiet import quiet_transformers

_TEXTS = (
    "The quick brown fox jumps over the lazy dog.",
    "Fußgängerübergänge – „größer“ als naïve Œuvres; 数百万の漢字、한국어, العربية, हिन्दी, 👩‍👩‍👧‍👦 e\u0301 \u200b",
    "def f(x: int) -> str:\n\tif x != 0x1F:\n        return f'{x:>8.3f}'  # 3.14159e-10\n\n\n",
    "0 1 12 123 1234567890 1,000,000.00 -17 ½ ²\r\n",
    "   three spaces  two\ttab\u00a0no break\n\n\nlines   ",
    "don't I'll WE'RE they'd <b>&amp;</b> https://example.org/a?b=c#d user@example.org",
)
_CHAT = [
    {"role": "user", "content": "How many legs has a spider?"},
    {"role": "assistant", "content": "Eight: 4 on each side.\n"},
    {"role": "user", "content": "Et une fourmi ?"},
]
_TOOLS: list[Any] = [
    {
        "type": "function",
        "function": {
            "name": "count_legs",
            "description": "Count the legs of an animal.",
            "parameters": {"type": "object", "properties": {"animal": {"type": "string"}}, "required": ["animal"]},
        },
    }
]
_END_TOKENS = ("bos_token_id", "eos_token_id", "pad_token_id")
_OF_PROCESSORS = (
    PROCESSOR_NAME,
    IMAGE_PROCESSOR_NAME,
    VIDEO_PROCESSOR_NAME,
    AUDIO_TOKENIZER_NAME,
    "chat_template.json",
)
_CONFIGS = ("config.json", "generation_config.json")
_NOT_VERBATIM = {Path("tokenizer_config.json"), Path("generation_config.json")}
"""Files whose content is compared in other ways."""
_OF_TOKENIZERS = (
    "tokenizer*", "vocab*", "merges.txt", "*tekken*.json", "*.model", "*.model.v*", "*.spm", "*.tiktoken", "*.codes",
)  # fmt: skip
_MOST_TOKENS = 128
"""Number of added tokens from each end of the vocabulary in a sample text."""


def verify_tokenizer(source: Path, export: Path) -> ExportVerified:
    """Load both tokenizers with stock transformers and compare their content and their output on sample texts."""
    with quiet_transformers():
        different, detail = _compare(source, export)
    return ExportVerified(check="tokenizer", passed=not different, detail=different or detail)


def _compare(source: Path, export: Path) -> tuple[str, str]:
    """Return the difference, which may be empty, and a description of what is equal."""
    other = next((file for file in _CONFIGS if _end_tokens(source / file) != _end_tokens(export / file)), "")
    if other:
        return worded("the ids of the special tokens in {0} differ from the source's", other), ""
    different, detail = _compare_tokenizers(source, export)
    return different or _compare_files(source, export), detail


def _compare_tokenizers(source: Path, export: Path) -> tuple[str, str]:
    if not has_tokenizer(source):
        return "", worded("the source has none")
    try:
        own = load_stock_tokenizer(source)
    except BadInput:  # it needs code of its own, or a missing library
        return "", worded("the source's cannot be loaded here; its files are copied byte for byte")
    try:
        new = load_stock_tokenizer(export)
    except BadInput as error:
        return worded("the source's can be loaded, the export's cannot ({0})", error.sentence), ""
    return _compare_loaded(own, new)


def _compare_files(source: Path, export: Path) -> str:
    """Name the first file that differs from the source's, or return an empty string."""
    files = {file.relative_to(source) for file in companion_files(source)} | set(map(Path, _OF_PROCESSORS))
    other = next(
        (file for file in sorted(files - _NOT_VERBATIM) if _content(source / file) != _content(export / file)), None
    )
    return "" if other is None else worded("{0} differs from the source's, or is missing", other)


def has_tokenizer(folder: Path) -> bool:
    """Return whether a tokenizer is on disk: without files, transformers builds an empty one for some families."""
    names = [file.name for file in companion_files(folder) if file.parent == folder]
    return any(fnmatchcase(name, pattern) for name in names for pattern in _OF_TOKENIZERS)


def _compare_loaded(own: PreTrainedTokenizerBase, new: PreTrainedTokenizerBase) -> tuple[str, str]:
    other = next((what for what, ask in _HELD.items() if _answer(ask, own) != _answer(ask, new)), "")
    if other:
        return worded("the {0} differ from the source's", other), ""
    texts = [text for text in dict.fromkeys(_texts(own)) if text]
    for text in texts:
        if _answer(_read, own, text) != _answer(_read, new, text):
            return worded("a sample text becomes other tokens than with the source's ({0!r})", text[:40]), ""
        if _answer(_back, own, text) != _answer(_back, new, text):
            return worded(
                "the tokens of a sample text become another text than with the source's ({0!r})", text[:40]
            ), ""
    templates = len(_templates(own))
    named = worded_count(templates, "{0} chat template", "{0} chat templates")
    return "", worded(
        "as in the source: {0:,} tokens and {1}; {2} sample texts give the same ids", len(own), named, len(texts)
    )


def _answer(ask: Callable[..., object], *given: object) -> object:
    """Return the answer, or the type of the error, since not every kind of tokenizer answers everything."""
    try:
        return ask(*given)
    except Exception as error:
        return type(error)


def _read(tokenizer: PreTrainedTokenizerBase, text: str) -> list[list[int]]:
    return [tokenizer.encode(text, add_special_tokens=marked) for marked in (True, False)]


def _back(tokenizer: PreTrainedTokenizerBase, text: str) -> list[object]:
    ids = tokenizer.encode(text)
    return [tokenizer.decode(ids, skip_special_tokens=skipped) for skipped in (True, False)]


def _templates(tokenizer: PreTrainedTokenizerBase) -> dict[str, str]:
    """Return the chat templates by name."""
    held = getattr(tokenizer, "chat_template", None) or {}
    return {"default": held} if isinstance(held, str) else dict(held)


def _texts(tokenizer: PreTrainedTokenizerBase) -> Iterator[str]:
    """Yield the samples, texts of special and added tokens, and a chat in every template that accepts it."""
    yield from _TEXTS
    added = [str(token) for _, token in sorted(tokenizer.added_tokens_decoder.items())]
    for tokens in (tokenizer.all_special_tokens, added[:_MOST_TOKENS], added[-_MOST_TOKENS:]):
        yield " x".join(tokens)
        yield "".join(tokens)
    for template in _templates(tokenizer).values():
        for tools in (None, _TOOLS):
            try:
                with rendered_apart():
                    written = str(tokenizer.apply_chat_template(_CHAT, tools, chat_template=template, tokenize=False))
                yield written
            except Exception:  # a template may refuse a chat with an error of its own
                continue


def _special(tokenizer: PreTrainedTokenizerBase) -> object:
    ids = {name: getattr(tokenizer, f"{name}_id") for name in tokenizer.special_tokens_map if name.endswith("_token")}
    return tokenizer.special_tokens_map, tokenizer.all_special_ids, ids


_HELD: dict[str, Callable[[PreTrainedTokenizerBase], object]] = {
    "classes": lambda tokenizer: type(tokenizer).__name__,
    worded("sizes of the vocabulary"): len,
    "vocabularies": lambda tokenizer: tokenizer.get_vocab(),
    worded("special tokens"): _special,
    worded("added tokens"): lambda tokenizer: {id: repr(token) for id, token in tokenizer.added_tokens_decoder.items()},
    worded("chat templates"): _templates,
    worded("longest texts"): lambda tokenizer: tokenizer.model_max_length,
    worded("sides of padding"): lambda tokenizer: (tokenizer.padding_side, tokenizer.truncation_side),
}
"""The compared properties, by their names in the plural."""


def _end_tokens(file: Path) -> dict[str, object]:
    """Return the ids that begin, end and pad a text, of the model and of its config's sections."""
    content = read_json(file) if file.is_file() else {}
    parts = {"": content, **{key: value for key, value in content.items() if isinstance(value, dict)}}
    return {f"{part}.{key}": values[key] for part, values in parts.items() for key in _END_TOKENS if key in values}


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
