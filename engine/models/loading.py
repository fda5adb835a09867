"""Load a model folder into memory, always from local files and never with code from the folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import safe_open
from transformers import (
    AutoTokenizer,
    BitsAndBytesConfig,
    GenerationConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.message import ended, worded
from engine.model_files.folder_content import read_json
from engine.models.inventory import missing_words, take_inventory
from engine.models.out_of_memory import one_memory_error
from engine.models.placement import RESIDENT, Placement
from engine.models.quiet import quiet_transformers
from engine.models.skeleton import auto_class, build_skeleton
from engine.models.streaming.spread_model import load_spread
from engine.models.streaming.streamed_model import load_streamed


class TokenizerMisfit(BadInput):
    """The tokenizer has tokens for which the model has no embedding."""


def load_model(
    folder: Path,
    device: str = "cpu",
    dtype: torch.dtype = torch.float32,
    quantisation: BitsAndBytesConfig | None = None,
    placement: Placement = RESIDENT,
) -> PreTrainedModel:
    """Load the language model in ``folder``, in eval mode and with no gradients, onto one device.

    Only the tensors of the folder's inventory are loaded: other files, such as an adapter, are not applied, and only
    the ids of special tokens are taken from the generation config.

    Args:
        folder: A checked model folder.
        device: Device of the weights.
        dtype: Number format of the weights in memory.
        quantisation: How to quantise the linear layers in memory, if at all.
        placement: Which layers are on other devices, or not loaded but fetched each time that they are applied; not
            with ``quantisation``.

    Raises:
        BadInput: transformers cannot load the folder's config or weights.
        LayerSwarmError: The device has too little memory, or weights are missing.
    """
    if placement.streamed or placement.elsewhere:
        model = _placed(folder, device, dtype, placement)
    else:
        model = _resident(folder, device, dtype, quantisation)
    model.config.name_or_path = model.name_or_path = str(folder)
    _keep_special_ids(model, folder)
    return model


def _placed(folder: Path, device: str, dtype: torch.dtype, placement: Placement) -> PreTrainedModel:
    with readable_faults(folder, device):
        if placement.elsewhere:
            model = load_spread(folder, device, dtype, dict(placement.elsewhere))
        else:
            model = load_streamed(folder, device, dtype, placement.streamed, placement.store == "memory")
    model.eval().requires_grad_(False)
    return model


def _resident(
    folder: Path, device: str, dtype: torch.dtype, quantisation: BitsAndBytesConfig | None
) -> PreTrainedModel:
    inventory = take_inventory(folder)
    skeleton = build_skeleton(read_json(folder / "config.json"))
    files = {file: safe_open(file, framework="pt") for file in {stored.file for stored in inventory.weights}}
    tensors: dict[str, Any] = {each.name: files[each.file].get_slice(each.name) for each in inventory.weights}  # type: ignore[no-untyped-call]
    return _loaded(
        type(skeleton),
        None,
        folder,
        device,
        config=skeleton.config,
        state_dict=tensors,
        dtype=dtype,
        device_map=None if device == "cpu" and quantisation is None else {"": device},
        quantization_config=quantisation,
    )


def load_stock(folder: Path, auto: Any = None, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
    """Load ``folder`` onto the CPU as any user of transformers would, with all files in it.

    Args:
        folder: A model folder.
        auto: The auto class to load with; by default the one that LayerSwarm uses.
        dtype: Number format of the weights in memory.

    Raises:
        BadInput: It cannot be loaded.
        LayerSwarmError: Weights are missing, so that transformers filled them with random numbers.
    """
    auto = auto or auto_class(read_json(folder / "config.json").get("model_type"))
    return _loaded(
        auto,
        folder,
        folder,
        "cpu",
        dtype=dtype,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
    )


@contextmanager
def readable_faults(folder: Path, device: str) -> Iterator[None]:
    """Silence transformers while it loads the model in ``folder``, and turn its errors into a sentence.

    Raises:
        BadInput: transformers cannot load the model.
        LayerSwarmError: The model does not fit into the memory of ``device``.
    """
    with quiet_transformers():
        try:
            with one_memory_error():
                yield
        except torch.OutOfMemoryError:
            raise LayerSwarmError(
                worded("The model in {0} does not fit into the memory of {1}.", folder, device)
            ) from None
        except Exception as error:  # transformers raises many types of error for damaged files
            reason = quoted(error, 300)
            raise BadInput(worded("The model in {0} cannot be loaded: {1}", folder, ended(reason))) from error


def _loaded(loader: Any, source: Path | None, folder: Path, device: str, **how: Any) -> PreTrainedModel:
    with readable_faults(folder, device):
        loaded: Any = loader.from_pretrained(source, output_loading_info=True, **how)
    model, info = loaded  # a pair, because of output_loading_info
    missing = sorted(info["missing_keys"])
    if missing:
        lacking = missing_words(missing)
        raise LayerSwarmError(worded("The weights in {0} lack {1}; download or copy the model again.", folder, lacking))
    model.eval().requires_grad_(False)
    return cast(PreTrainedModel, model)


def _keep_special_ids(model: PreTrainedModel, folder: Path) -> None:
    """Set a generation config with only the special ids: the folder's own, else those of its config."""
    file = folder / "generation_config.json"
    stated = read_json(file) if file.is_file() else {}
    own = model.config.get_text_config(decoder=True)
    ids = {
        name: stated.get(name, getattr(own, name, None)) for name in ("bos_token_id", "eos_token_id", "pad_token_id")
    }
    wrong = next((name for name, value in ids.items() if not _is_token(value)), "")
    if wrong:
        where = file if wrong in stated else folder / "config.json"
        number = f"{wrong}={ids[wrong]!r:.60}"
        raise BadInput(worded("{0} states {1}, which is no number of a token; correct the file.", where, number))
    model.generation_config = GenerationConfig(**ids)


def _is_token(value: object) -> bool:
    """Return whether a value names one token, several, or none."""
    each = value if isinstance(value, list) else [value]
    return value is None or all(type(number) is int for number in each)


def load_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """Load the tokenizer in ``folder``.

    Raises:
        BadInput: transformers cannot load one from the folder.
        TokenizerMisfit: It has tokens for which the model has no embedding.
    """
    tokenizer = load_stock_tokenizer(folder)
    _check_embedding(folder, tokenizer)
    return tokenizer


def load_stock_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """Load the tokenizer in ``folder`` without checking that it fits the model.

    Raises:
        BadInput: transformers cannot load one from the folder.
    """
    with quiet_transformers():
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        except Exception as error:  # transformers raises many types of error for damaged files
            reason = quoted(error, 300)
            raise BadInput(worded("The tokenizer in {0} cannot be loaded: {1}", folder, ended(reason))) from error
    return cast(PreTrainedTokenizerBase, tokenizer)


def _check_embedding(folder: Path, tokenizer: PreTrainedTokenizerBase) -> None:
    """Raise TokenizerMisfit if a token has no row in the embedding; rows without a token are common padding.

    Special tokens that only the tokenizer's class adds, because its files do not name them, are ignored.
    """
    embedding = build_skeleton(read_json(folder / "config.json")).get_input_embeddings()
    rows = cast(torch.Tensor, embedding.weight).shape[0]
    beyond = {token: number for token, number in tokenizer.get_vocab().items() if number >= rows}
    stated = _stated_tokens(folder) if beyond else frozenset()
    top = max((number for token, number in beyond.items() if token in stated), default=0)
    if top:
        raise TokenizerMisfit(
            worded(
                "The tokenizer in {0} does not fit its model: the tokenizer has tokens up to {1}, but the model's "
                "embedding has {2} rows, for tokens up to {3}; use the tokenizer that the model was trained with, or "
                "resize the embedding.",
                folder,
                top,
                rows,
                rows - 1,
            )
        )


def _stated_tokens(folder: Path) -> frozenset[str]:
    """Return the tokens that the tokenizer's files name."""
    whole, config, added, plain = (
        read_json(folder / name) if (folder / name).is_file() else {}
        for name in ("tokenizer.json", "tokenizer_config.json", "added_tokens.json", "vocab.json")
    )
    vocabulary = (whole.get("model") or {}).get("vocab") or ()  # a mapping, or a list of pairs
    known = {entry if isinstance(entry, str) else str(entry[0]) for entry in vocabulary}
    further = [*(whole.get("added_tokens") or ()), *(config.get("added_tokens_decoder") or {}).values()]
    return frozenset({*known, *added, *plain, *(str(entry["content"]) for entry in further if "content" in entry)})
