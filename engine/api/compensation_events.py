"""Events of the compensation, which folds removed layers into the layers beside them."""

from engine.api.event import Event, RemovalSet
from engine.api.message import Message, Template

NO_LAYER = "no layer is left below it"
NO_MAP = "no linear map of its {0} is added to the hidden state"
NOT_FINITE = "the model computes nan or inf on the validation windows"
REASONS = (NO_LAYER, NO_MAP, NOT_FINITE)
"""Why a gap is left as it is."""


def reason_words(reason: str) -> str:
    """Return a reason as a message, where it is one without gaps; any other as it is."""
    return Message.of(Template(text=reason)) if reason in REASONS else reason


class GapFolded(Event, frozen=True, kw_only=True):
    """One gap in the layers was folded into the layer before it, or left as it is.

    KL(dense || pruned) is in nats per token on the validation windows, with the gaps below folded.
    """

    first: int
    """The lowest layer of the gap, in dense numbering."""
    last: int
    """Its highest layer."""
    layer: int
    """The layer whose weights are fitted, in dense numbering; -1 where none is left below the gap."""
    weight: str
    """The fitted linear layer within it, such as ``mlp.down_proj``; empty where there is none."""
    ridge: float | None
    """The chosen strength of the ridge; None where nothing was changed."""
    kl_before: float
    kl_after: float
    changed: tuple[str, ...] = ()
    """The layer's changed parameters, by their names within it; empty in journals of earlier versions."""
    reason: str = ""
    """Why nothing could be fitted, one of ``REASONS`` filled in; empty otherwise."""


class MapRefitted(Event, frozen=True, kw_only=True):
    """After the gaps, another linear layer beside one of them was fitted, or left as it is.

    KL(dense || pruned) is in nats per token on the validation windows, with all earlier fits.
    """

    layer: int
    """Its decoder layer, in dense numbering."""
    weight: str
    """The linear layer within it, such as ``self_attn.o_proj``."""
    ridge: float | None
    """The chosen strength of the ridge; None where nothing was changed."""
    changed: tuple[str, ...]
    """The layer's changed parameters, by their names within it."""
    kl_before: float
    kl_after: float


class CompensationFinished(Event, frozen=True, kw_only=True):
    """All gaps are folded and the layers beside them refitted. ``helped`` is false where no weight was changed."""

    helped: bool
    validation_kl_before: float
    validation_kl_after: float
    seconds: float


class CandidateCompensated(Event, frozen=True, kw_only=True):
    """A removal set that the search found was folded and scored again on the calibration windows.

    Both figures are values of the search's objective; lower is better.
    """

    removed: RemovalSet
    fitness: float
    compensated_fitness: float
