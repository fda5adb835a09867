"""The evaluation stage: measure every variant by the same code on the same data."""

from transformers import PreTrainedModel

from engine.api.evaluation_events import VARIANT_TITLES, VARIANTS, Variant
from engine.api.message import worded
from engine.api.run_state import RunState
from engine.evaluation.evaluate import Evaluation
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.paired import SampledFigures
from engine.models.progress import Report
from engine.pipeline.variant_models import variant_models
from engine.pipeline.workspace import Workspace


def evaluate(workspace: Workspace) -> None:
    """Measure each variant that has not been measured yet.

    One model is in memory at a time: the dense model is measured, then its layers are removed in place, then the
    compensated and at last the recovered weights are loaded into it.
    """
    missing = _missing(workspace.state)
    if not missing:
        return
    workspace.release_evaluators()
    workspace.release_dense()
    reference: HeldoutReference | None = None
    for variant, model in variant_models(workspace):
        if reference is None:
            reference = HeldoutReference.of(model, workspace.windows.heldout, workspace.report)
        if variant in missing:
            _measure(workspace, variant, model, reference)
        if variant == missing[-1]:
            return


def is_evaluated(state: RunState, _workspace: Workspace) -> bool:
    """Return whether every variant is measured: a training that fitted later has made one more."""
    return "evaluate" in state.stages_finished and not _missing(state)


def _missing(state: RunState) -> list[Variant]:
    return [variant for variant in VARIANTS if state.has_variant(variant) and variant not in state.evaluated]


def _measure(workspace: Workspace, variant: Variant, model: PreTrainedModel, reference: HeldoutReference) -> None:
    sizes = workspace.sizes
    removed = () if variant == "dense" else workspace.removed
    counts = (sizes.layers - len(removed), *sizes.after(removed))
    evaluation = Evaluation(
        model=model,
        tokenizer=workspace.tokenizer,
        variant=variant,
        sizes=counts,
        reference=reference,
        settings=workspace.settings.evaluation,
        known=workspace.state,
        figures=SampledFigures(workspace.run.folder / "evaluation"),
        report=named_report(workspace, variant),
    )
    for event in evaluation.events():
        workspace.emit(event)


def named_report(workspace: Workspace, variant: Variant) -> Report:
    """Return a report of progress that names the variant that is measured."""

    def report(message: str, done: float, total: float) -> None:
        workspace.report(worded("{0}: {1}", VARIANT_TITLES[variant], message), done, total)

    return report
