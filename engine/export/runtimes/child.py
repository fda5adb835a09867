"""The process in which a runtime answers: a question on standard input, the answers on standard output."""

import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from engine.export.runtimes.answers import Answers, Question, Runtime

_CLASSES: Mapping[str, tuple[str, str]] = {
    "llama_cpp": ("engine.export.runtimes.llama_cpp", "LlamaCpp"),
    "ort_genai": ("engine.export.runtimes.ort_genai", "OrtGenAi"),
    "exported": ("engine.export.runtimes.exported", "Exported"),
}
_SPARE_CONTEXT = 8


def main() -> None:
    """Answer one question. What the libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    module, name = _CLASSES[question.runtime]
    longest = max(map(len, question.prompts)) + question.count + _SPARE_CONTEXT
    runtime: Runtime = getattr(importlib.import_module(module), name)(Path(question.path), longest)
    found = [runtime.answer(prompt, question.count, question.top) for prompt in question.prompts]
    seconds = sum(seconds for _, seconds in found)
    total = sum(len(answer.tokens) for answer, _ in found)
    answers.write(msgspec.json.encode(Answers([answer for answer, _ in found], total / max(seconds, 1e-9))))
    answers.flush()
    os._exit(0)  # some of these libraries crash when they are taken down


if __name__ == "__main__":
    main()
