"""Write a miniature of an export: a few real layers, one of each kind, to try a format in seconds.

The same code writes the export itself, so names, shapes, number formats, config and tokenizer are those of the export.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.export.companions import write_companions
from engine.export.export import facts_of
from engine.export.fewer_tokens import cut_vocabulary
from engine.export.manifest import ExportFacts
from engine.export.replacements import Replacements
from engine.export.rewrite import Kept, kept_tensors, write_tensors
from engine.models.architecture import find_decoder
from engine.models.families import DERIVED_LISTS, FIELD_EDITS, slice_per_layer
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.pruned_config import complete_config
from engine.models.skeleton import build_skeleton
from engine.models.structure import layer_difference

_LEAST_LAYERS = 2
"""A single layer would not show whether a runtime keeps the caches of layers apart."""
_MOST_KINDS = 6
"""Models whose layers all differ in width have as many kinds as layers; a few of them represent all."""


@dataclass(frozen=True)
class Miniature:
    """The content of a miniature."""

    facts: ExportFacts
    kinds: tuple[int, ...]
    """Kind of each of its layers: the number of the dense model's first layer of that kind."""


def miniatures(source: ModelFolder, gone: RemovalSet = ()) -> Iterator[Miniature]:
    """Yield miniatures of ``source`` without the layers ``gone``, from the smallest to the whole model.

    The first suits most formats. The later ones are beginnings of the model, which keep a fixed pattern of layers for
    runtimes that derive one from the layers' numbers.
    """
    kinds = layer_kinds(source.config())
    for kept in _kept_layers(kinds, gone):
        removed = tuple(layer for layer in range(len(kinds)) if layer not in kept)
        try:
            facts = facts_of(source, removed, "pruned")
        except BadInput:
            continue  # a fixed pattern, of which only whole periods may be removed
        yield Miniature(facts, tuple(kinds[layer] for layer in kept))


def write_miniature(miniature: Miniature, folder: Path, tokens: int | None = None) -> None:
    """Write a miniature as a plain model folder.

    Args:
        miniature: The miniature.
        folder: An existing folder.
        tokens: Size of the vocabulary to keep, for formats that do not hold the tokenizer; by default all of it.
    """
    facts = miniature.facts
    write_companions(facts.source, facts.removed, folder)
    tensors: Sequence[Kept] = kept_tensors(take_inventory(facts.source.path), facts.removal)
    if tokens is not None:
        tensors = cut_vocabulary(tensors, folder, tokens)
    write_tensors(facts.source.path, tensors, folder, Replacements({}), facts.parameters, lambda _bytes: None)


def layer_kinds(config: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the kind of each decoder layer: the number of the first layer with the same structure.

    Args:
        config: The content of config.json.
    """
    layers = find_decoder(build_skeleton(config)).layers
    stated = _stated_kinds(config, len(layers))
    kinds: list[int] = []
    for number, layer in enumerate(layers):
        alike = (
            kind
            for kind in dict.fromkeys(kinds)
            if stated[kind] == stated[number] and not layer_difference(layers[kind], layer, {kind, number})
        )
        kinds.append(next(alike, number))
    return tuple(kinds)


def _stated_kinds(config: Mapping[str, Any], layers: int) -> list[tuple[object, ...]]:
    """Return the config's values for each layer, for families that read them there instead of from the layer."""
    text = complete_config(dict(config)).get_text_config(decoder=True)
    fields = {*DERIVED_LISTS, *(name for name, edit in FIELD_EDITS.items() if edit is slice_per_layer)}
    lists = [value for name in sorted(fields) if len(value := _sequence(getattr(text, name, None))) >= layers]
    return [tuple(str(entries[layer]) for entries in lists) for layer in range(layers)]


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple | str) else ()


def _kept_layers(kinds: Sequence[int], gone: RemovalSet) -> Iterator[tuple[int, ...]]:
    there = [layer for layer in range(len(kinds)) if layer not in gone]
    wanted = list(dict.fromkeys(kinds[layer] for layer in there))[:_MOST_KINDS]
    first = [next(layer for layer in there if kinds[layer] == kind) for kind in wanted]
    few = {*first, *there[-1:]} if len(first) < _LEAST_LAYERS else set(first)
    yield tuple(sorted(few))
    for count in range(len(few), len(there) + 1):
        beginning = tuple(there[:count])
        if set(wanted) <= {kinds[layer] for layer in beginning} and set(beginning) != few:
            yield beginning
