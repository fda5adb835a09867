"""The inventory: what each stored tensor is for, be it a weight of the language model, another part, or unused.

Sizes, loading and export share one inventory, so that the same tensors are counted, run and written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.message import Message, worded, worded_count
from engine.model_files.folder_content import read_json, weight_headers
from engine.model_files.safetensors_header import TensorEntry
from engine.models.architecture import find_decoder
from engine.models.layer_names import LayerNames, find_layer_names
from engine.models.load_report import LoadReport, report_loading
from engine.models.skeleton import build_skeleton, build_wrapper
from engine.models.tensor_content import same_content

_DECIDING = ("*.safetensors", "*.safetensors.index.json")
"""Files that decide the inventory beside config.json. They may lie in a folder below (``transformers_weights``)."""


@dataclass(frozen=True)
class Stored:
    """One tensor on disk."""

    file: Path
    entry: TensorEntry
    parameter: str = ""
    """The parameter of the language model that it becomes, or the first of several; empty if it is not loaded."""
    converted: bool = False
    """Whether loading merges it with other tensors, or splits it."""

    @property
    def name(self) -> str:
        """Return its name in the file."""
        return self.entry.name

    def same_content(self, other: "Stored") -> bool:
        """Return whether both tensors hold the same numbers in the same format and shape."""
        return same_content((self.file, self.entry), (other.file, other.entry))


@dataclass(frozen=True)
class Inventory:
    """The tensors of a model folder by their use; exports hold all but ``left_out``."""

    weights: tuple[Stored, ...]
    """Weights of the language model. A multimodal model without a causal LM class of its own counts as a whole."""
    twins: tuple[Stored, ...]
    """Tied weights that are also stored, with the same values as the tensor that they are tied to: kept, not counted.

    Their ``parameter`` is the one that they are tied to."""
    apart: tuple[Stored, ...]
    """Kept, but not part of the language model: towers of a multimodal model, and buffers of old checkpoints."""
    left_out: tuple[Stored, ...]
    """Not loaded by transformers: prediction layers (MTP), value heads, surplus blocks of a tower, second copies."""
    untied: tuple[Stored, ...]
    """Weights that config.json ties to another although their stored values differ; both count."""
    names: LayerNames
    """The names of the decoder layers on disk."""

    @cached_property
    def kept(self) -> tuple[Stored, ...]:
        """Return every tensor that an export without removals holds, in the order of files and bytes."""
        kept = [*self.weights, *self.twins, *self.apart]
        return tuple(sorted(kept, key=lambda stored: (stored.file.name, stored.entry.start)))


def take_inventory(folder: Path) -> Inventory:
    """Match the tensors in ``folder`` with the model that its config describes.

    Only headers are read, and the values of tied weights that are stored twice, to compare them. The result is reused
    until the config or a weight file changes.

    Raises:
        BadInput: The config describes no model that can be built, the decoder layers are not one list, weights are
            missing, or their shapes differ from the config's.
    """
    files = [folder / "config.json", *sorted(file for kind in _DECIDING for file in folder.rglob(kind))]
    stamps = ((str(file), stat.st_size, stat.st_mtime_ns) for file in files for stat in [file.stat()])
    return _inventory(folder, tuple(stamps))


@lru_cache(maxsize=8)  # a run needs it many times; ``_stamps`` change with the files
def _inventory(folder: Path, _stamps: tuple[tuple[str, int, int], ...]) -> Inventory:
    config = read_json(folder / "config.json")
    skeleton = build_skeleton(config)
    layers = find_decoder(skeleton)
    stored, doubles = _read(folder)
    report = report_loading(skeleton, {name: each.entry.shape for name, each in stored.items()})
    check_complete(folder, report)
    loaded = [
        Stored(each.file, each.entry, report.parameters[name], name in report.converted)
        for name, each in stored.items()
        if name in report.parameters
    ]
    weights, more_doubles = _one_each(folder, loaded)
    names = find_layer_names(((each.name, each.parameter) for each in weights), layers.path, len(layers.layers))
    twins, untied = _tied(skeleton, weights)
    apart, unknown = _not_loaded(config, [stored[name] for name in report.unknown])
    return Inventory(
        tuple(each for each in weights if each not in twins),
        tuple(replace(each, parameter=skeleton.all_tied_weights_keys[each.parameter]) for each in twins),
        tuple(apart),
        (*unknown, *doubles, *more_doubles),
        tuple(untied),
        names,
    )


def _read(folder: Path) -> tuple[dict[str, Stored], list[Stored]]:
    """Return the tensors by name, and those whose name occurs again in a later file, which takes precedence."""
    found: dict[str, Stored] = {}
    doubles = []
    for file, header in weight_headers(folder):
        for entry in header.tensors:
            if entry.name in found:
                doubles.append(found[entry.name])
            found[entry.name] = Stored(file, entry)
    return found, doubles


def missing_words(missing: Sequence[str]) -> Message:
    """Return in words which tensors of a config are missing in the weights."""
    return worded_count(
        len(missing), "a tensor of its config, {1}", "{0} tensors of its config, such as {1}", missing[0]
    )


def check_complete(folder: Path, report: LoadReport) -> None:
    """Check that the model in ``folder`` has every weight, in the shape that its config gives it.

    Raises:
        BadInput: A weight is missing or has another shape.
    """
    if report.mismatched:
        name, disk, own = report.mismatched[0]
        raise BadInput(
            worded(
                "The weights in {0} do not fit its config.json: {1} has the shape {2} in the file, but {3} in the "
                "config; download or copy the model again.",
                folder,
                name,
                list(disk),
                list(own),
            )
        )
    if report.missing:
        lacking = missing_words(report.missing)
        raise BadInput(worded("The weights in {0} lack {1}; download or copy the model again.", folder, lacking))
    if report.failed:
        raise BadInput(
            worded("The weights in {0} do not fit its config.json ({1}); download it again.", folder, report.failed[0])
        )


def _one_each(folder: Path, loaded: Iterable[Stored]) -> tuple[list[Stored], list[Stored]]:
    """Separate tensors that become a parameter for which another tensor is chosen.

    Returns:
        The chosen tensors, and the others.

    Raises:
        BadInput: Two tensors of a parameter differ, so that it is unclear which one is right.
    """
    loaded = list(loaded)
    by_parameter: dict[str, list[Stored]] = defaultdict(list)
    for each in loaded:
        if not each.converted:
            by_parameter[each.parameter].append(each)
    plain = sum(each.name == each.parameter for each in loaded) * 2 >= len(loaded)
    doubles: list[Stored] = []
    for same in by_parameter.values():
        # Choose the one that is named like most others, so that the layers share a prefix.
        chosen, *others = sorted(same, key=lambda each: (each.name == each.parameter) != plain)
        different = next((other for other in others if not other.same_content(chosen)), None)
        if different is not None:
            raise BadInput(
                worded(
                    "The weights in {0} hold {1} and {2}, which are the same weight of the model with different "
                    "values; remove the wrong one.",
                    folder,
                    chosen.name,
                    different.name,
                )
            )
        doubles += others
    return [each for each in loaded if each not in doubles], doubles


def _tied(skeleton: PreTrainedModel, weights: Iterable[Stored]) -> tuple[list[Stored], list[Stored]]:
    """Return the stored tied weights that equal the weight that they are tied to, and those that differ."""
    plain = {each.parameter: each for each in weights if not each.converted}
    twins: list[Stored] = []
    untied: list[Stored] = []
    for target, source in skeleton.all_tied_weights_keys.items():
        if target in plain and source in plain:
            same = plain[target].same_content(plain[source])
            (twins if same else untied).append(plain[target])
    return twins, untied


def _not_loaded(config: Mapping[str, object], unknown: Iterable[Stored]) -> tuple[list[Stored], list[Stored]]:
    """Split the tensors that the language model does not load into those to keep and those that nothing loads."""
    unknown = list(unknown)
    wrapper = build_wrapper(config) if unknown else None
    shapes = {each.name: each.entry.shape for each in unknown}
    known = report_loading(wrapper, shapes).parameters if wrapper is not None else {}
    apart = [each for each in unknown if each.name in known or _is_old_buffer(each.entry)]
    return apart, [each for each in unknown if each not in apart]


def _is_old_buffer(tensor: TensorEntry) -> bool:
    """Return whether ``tensor`` is a causal mask or a table of rotary frequencies, as old checkpoints store them."""
    stored_mask = tensor.name.endswith(".bias") and len(tensor.shape) == 4
    return stored_mask or tensor.name.endswith((".masked_bias", ".inv_freq", ".position_ids"))
