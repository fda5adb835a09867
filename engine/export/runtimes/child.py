"""Run a runtime as a process: read a question from standard input, write the answers to standard output."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from engine.export.runtimes.answers import Answers, Question, Runtime

_CLASSES: Mapping[str, tuple[str, str]] = {
    "llama_cpp": ("engine.export.runtimes.llama_cpp", "LlamaCpp"),
    "ort_genai": ("engine.export.runtimes.ort_genai", "OrtGenAi"),
    "onnx": ("engine.export.runtimes.onnx_graph", "OnnxGraph"),
    "openvino": ("engine.export.runtimes.openvino_ir", "OpenVinoIr"),
}
_SPARE_CONTEXT = 8


def main() -> None:
    """Answer one question; redirect the libraries' output to standard error."""
    with answering() as give:
        give(answer(msgspec.json.decode(sys.stdin.buffer.read(), type=Question)))


@contextmanager
def answering() -> Iterator[Callable[[Answers], None]]:
    """Yield a function that sends the answers to the parent process; exit when the ``with`` block ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def give(found: Answers) -> None:
        answers.write(msgspec.json.encode(found))
        answers.flush()

    yield give
    os._exit(0)  # some of these libraries crash on shutdown


def answer(question: Question) -> Answers:
    """Load the question's runtime and return its answers."""
    module, name = _CLASSES[question.runtime]
    longest = max(len(text.prompt) + len(text.tokens) for text in question.texts) + _SPARE_CONTEXT
    runtime: Runtime = getattr(importlib.import_module(module), name)(Path(question.path), longest)
    found = [runtime.answer(text, question.top, question.plain) for text in question.texts]
    paces = sorted(seconds for _, seconds in found)
    middle = max(paces[len(paces) // 2], 1e-9)
    return Answers([likely for likely, _ in found], 1.0 / middle)


if __name__ == "__main__":
    main()
