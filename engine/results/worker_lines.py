"""Word what each of several devices does, for command line and window."""

from engine.api.events import WorkerFigures
from engine.results.figures import Translate, format_bytes, format_rate, untranslated

STARTING, GONE, MEMORY = "loads the model", "is gone", "{0} of {1}"


def worker_line(worker: WorkerFigures, translate: Translate = untranslated) -> str:
    """Return host, device, memory and pace of a worker in one line.

    Args:
        worker: The worker.
        translate: Translates a sentence.
    """
    host = worker.host if worker.host not in worker.name else ""
    return " · ".join(filter(None, (worker.name, host, worker.label, *_doings(worker, translate))))


def _doings(worker: WorkerFigures, translate: Translate) -> list[str]:
    if worker.state == "starting":
        return [translate(STARTING)]
    if worker.state == "lost":
        return [translate(GONE)]
    used, total = format_bytes(worker.memory_used, translate), format_bytes(worker.memory_total, translate)
    memory = translate(MEMORY).format(used, total)
    pace = worker.tokens_per_second
    return [memory] if pace is None else [memory, format_rate(pace, translate)]
