"""Rehearse an export without weights on the meta device, to find its faults before any work is done."""

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.export.rewrite import kept_tensors
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.load_report import LoadReport, report_loading
from engine.models.pruned_config import pruned_config
from engine.models.removal import Removal
from engine.models.skeleton import build_skeleton, build_wrapper
from engine.models.structure import check_structure

_PASSED: set[tuple[str, bool, RemovalSet]] = set()
"""What has been rehearsed without a fault: a run rehearses its removal set before and during the export."""


def rehearse_export(source: ModelFolder, removed: RemovalSet) -> None:
    """Check that stock transformers would load an export of ``source`` without the layers ``removed``.

    Raises:
        BadInput: This model cannot lose these layers, or the smaller one would not load.
    """
    rehearsed = (source.digest, source.untied, removed)
    if rehearsed not in _PASSED:
        _rehearse(source, removed)
        _PASSED.add(rehearsed)


def _rehearse(source: ModelFolder, removed: RemovalSet) -> None:
    check_structure(source.config(), removed)
    inventory = take_inventory(source.path)
    removal = Removal(inventory.names.layers, removed)
    shapes = {kept.name: kept.stored.entry.shape for kept in kept_tensors(inventory, removal)}
    pruned = pruned_config(source.config(), removal.removed)
    for model in (build_skeleton(pruned), build_wrapper(pruned)):
        if model is not None and (fault := _fault(report_loading(model, shapes))):
            raise BadInput(
                worded(
                    "{0} without the layers {1} would not load as {2}: {3}.",
                    source.name,
                    ", ".join(map(str, removal.removed)),
                    type(model).__name__,
                    fault,
                )
            )


def rehearse_singles(source: ModelFolder, layers: tuple[int, ...]) -> None:
    """Rehearse the export without the first, the middle and the last of ``layers``, each removed alone.

    Raises:
        BadInput: The smaller model would not load, or a remaining layer would become another kind.
    """
    for layer in sorted({layers[0], layers[len(layers) // 2], layers[-1]}) if layers else ():
        try:
            pruned_config(source.config(), (layer,))
        except BadInput:
            continue  # a fixed pattern, of which only whole periods may be removed
        rehearse_export(source, (layer,))


def _fault(report: LoadReport) -> str:
    if report.missing:
        return worded("its files would lack {0}", report.missing[0])
    if report.mismatched:
        name, stored, built = report.mismatched[0]
        return worded("{0} would have the shape {1} where {2} is expected", name, list(stored), list(built))
    return report.failed[0] if report.failed else ""
