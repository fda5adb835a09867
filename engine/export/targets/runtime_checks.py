"""Checks that formats share: compare what a runtime predicts with what the pruned model predicts."""

from collections.abc import Iterator, Sequence

from engine.api.errors import LayerSwarmError
from engine.api.events import ExportVerified
from engine.api.message import worded
from engine.export.runtimes.answers import Answers, Text
from engine.export.runtimes.compare import TOP, Comparison, RuntimeModel, ask
from engine.export.targets.target import ExportJob


def runtime_checks(job: ExportJob, runtime: RuntimeModel, longest: int | None = None) -> Iterator[ExportVerified]:
    """Run the export in its runtime, and check its tokens (unquantised) and its probabilities.

    Args:
        job: What was exported.
        runtime: The runtime and the files that it loads.
        longest: Leave out texts with more tokens.
    """
    texts = job.reference.texts(longest)
    try:
        answers = ask(runtime, texts, job.reference.plain, job.report)
    except LayerSwarmError as error:
        yield ExportVerified(check="runs", passed=False, detail=error.sentence)
        return
    yield from answer_checks(job, runtime.name, answers, texts)


def answer_checks(job: ExportJob, name: str, answers: Answers, texts: Sequence[Text]) -> Iterator[ExportVerified]:
    """Check what a runtime predicted: its tokens (unquantised) and its probabilities.

    Args:
        job: What was exported.
        name: Name of the runtime.
        answers: What it predicted in ``texts``.
        texts: From ``job.reference``.
    """
    found = job.reference.compare(answers, texts)
    pace = round(found.tokens_per_second, 1)
    detail = worded("loaded and run in {0}; {1:g} tokens a second on this computer", name, pace)
    yield ExportVerified(check="runs", passed=True, detail=detail, figures={"tokens_per_second": pace})
    if job.precision.allowed_preference is not None:
        yield _same_tokens(found, job.precision.allowed_preference)
    yield _near(found, job.precision.allowed_kl)


def equal(check: str, found: object, expected: object, what: str) -> ExportVerified:
    """Return the check of a count.

    Args:
        check: Name of the check.
        found: The count in the export.
        expected: The count that it must have.
        what: The thing counted, in the plural.
    """
    held = worded("{0} {1}", found, what)
    detail = held if found == expected else worded("{0} where {1} were expected", held, expected)
    return ExportVerified(check=check, passed=found == expected, detail=detail)


def _same_tokens(found: Comparison, allowed: float) -> ExportVerified:
    if found.undecided == 0.0:
        detail = worded("all {0} greedy tokens are the pruned model's own", found.positions)
    else:
        others = round((1.0 - found.top1) * found.positions)
        detail = worded(
            "{0} of {1} greedy tokens are others, where the pruned model prefers its own by {2:.2g} nats at "
            "most (allowed {3:g})",
            others,
            found.positions,
            found.undecided,
            allowed,
        )
    return ExportVerified(check="tokens", passed=found.undecided <= allowed, detail=detail)


def _near(found: Comparison, allowed: float) -> ExportVerified:
    same = worded("the most likely token is the same at {0:.0%} of the positions", found.top1)
    over = worded("over its {0} most likely tokens and the rest", TOP)
    detail = worded(
        "KL {0:.2g} from the pruned model in 32 bits, {1} (allowed {2:g}); {3}", found.kl, over, allowed, same
    )
    figures = {"kl": found.kl, "top1": found.top1}
    return ExportVerified(check="kl", passed=found.kl <= allowed, detail=detail, figures=figures)
