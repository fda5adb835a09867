"""The checks that all formats share: what the runtime answers, against what the pruned model answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.api.errors import LayerSwarmError
from engine.api.events import ExportVerified
from engine.export.runtimes.answers import Answers, Text
from engine.export.runtimes.compare import TOP, Comparison, ask
from engine.export.targets.target import Job

MOST_KL = {
    "f32": 0.001, "fp32": 0.001, "f16": 0.005, "bf16": 0.02, "q8_0": 0.1, "int8": 0.15, "q6_k": 0.2, "q5_k_m": 0.4,
    "q5_1": 0.5, "q5_0": 0.5, "q4_k_m": 0.8, "q4_1": 1.5, "q4_0": 1.5, "int4": 1.5, "": 0.1,
}  # fmt: skip
"""Largest mean KL from the pruned model in 32 bits, by precision: some three times what was measured on a model of
135 M parameters, the smallest that people use and the hardest to quantise. A wrong graph gives several nats."""

UNDECIDED = {"f32": 0.01, "fp32": 0.01, "f16": 0.2, "bf16": 0.2}
"""Unquantised: the tokens must be the pruned model's own, but where it prefers its own by no more than this difference
of log-probabilities, rounding may decide."""


def runtime_checks(
    job: Job, runtime: str, path: Path, name: str, longest: int | None = None
) -> Iterator[ExportVerified]:
    """The model runs; it writes the same tokens (unquantised); its probabilities are near enough.

    Args:
        runtime: A key of ``engine.export.runtimes.child``.
        name: What the runtime is called.
        longest: Texts with more tokens are passed over.
    """
    texts = job.reference.texts(longest)
    try:
        answers = ask(runtime, path, texts, job.reference.plain, name, job.tell)
    except LayerSwarmError as error:
        yield ExportVerified(check="runs", passed=False, detail=str(error))
        return
    yield from answer_checks(job, name, answers, texts)


def answer_checks(job: Job, name: str, answers: Answers, texts: Sequence[Text]) -> Iterator[ExportVerified]:
    """It ran; it writes the same tokens (unquantised); its probabilities are near enough.

    Args:
        name: What the runtime is called.
        answers: What it answered to ``texts``.
    """
    found = job.reference.compare(answers, texts)
    pace = round(found.tokens_per_second, 1)
    detail = f"loaded and run in {name}; {pace:g} tokens a second on this computer"
    yield ExportVerified(check="runs", passed=True, detail=detail, figures={"tokens_per_second": pace})
    if job.precision in UNDECIDED:
        yield _same_tokens(found, UNDECIDED[job.precision])
    yield _near(found, MOST_KL[job.precision])


def equal(check: str, found: object, expected: object, what: str) -> ExportVerified:
    """A check of something countable."""
    detail = f"{found} {what}" if found == expected else f"{found} {what} where {expected} were expected"
    return ExportVerified(check=check, passed=found == expected, detail=detail)


def _same_tokens(found: Comparison, allowed: float) -> ExportVerified:
    if found.undecided == 0.0:
        detail = f"all {found.positions} greedy tokens are the pruned model's own"
    else:
        others = round((1.0 - found.top1) * found.positions)
        detail = (
            f"{others} of {found.positions} greedy tokens are others, where the pruned model prefers its own by "
            f"{found.undecided:.2g} nats at most (allowed {allowed:g})"
        )
    return ExportVerified(check="tokens", passed=found.undecided <= allowed, detail=detail)


def _near(found: Comparison, allowed: float) -> ExportVerified:
    same = f"the most likely token is the same at {found.top1:.0%} of the positions"
    over = f"over its {TOP} most likely tokens and the rest"
    detail = f"KL {found.kl:.2g} from the pruned model in 32 bits, {over} (allowed {allowed:g}); {same}"
    figures = {"kl": found.kl, "top1": found.top1}
    return ExportVerified(check="kl", passed=found.kl <= allowed, detail=detail, figures=figures)
