"""Every form in which the benchmarks of the local tasks are published, of one and the same question."""

import gzip
import json
from pathlib import Path
from typing import Any

from datasets import Dataset

Files = dict[str, str | list[dict[str, Any]]]
"""Rows, or text as it stands in the file, by path below the data folder."""
TWINS = {
    "hellaswag": "hellaswag",
    "piqa": "piqa",
    "arc_easy": "arc_easy",
    "winogrande": "winogrande",
    "boolq": "boolq",
    "lambada": "lambada_openai",
    "mmlu": "mmlu_anatomy",
    "gsm8k": "gsm8k",
}
"""lm-eval's own task of each."""
ON_THE_HUB: dict[str, dict[str, Any]] = {
    "hellaswag": {
        "activity_label": "Roof",
        "ctx_a": "A man  sits [title] up.",
        "ctx_b": "he",
        "endings": ["falls.", "sings.", "[step] jumps.", "waits."],
        "label": "2",
    },
    "piqa": {"goal": "To open", "sol1": "push", "sol2": "pull", "label": 1},
    "arc_easy": {
        "question": "Which?",
        "choices": {"text": ["one", "two"], "label": ["A", "B"]},
        "answerKey": "B",
    },
    "winogrande": {"sentence": "A saw B as _ ran.", "option1": "A", "option2": "B", "answer": "2"},
    "boolq": {"question": "is it so", "passage": "It -- It is.", "label": 1},
    "lambada_openai": {"text": "The last word is word"},
    "mmlu_anatomy": {"question": "Which? ", "subject": "anatomy", "choices": ["w", "x", "y", "z"], "answer": 2},
    "gsm8k": {"question": "How many are 24 and 48?", "answer": "They are 24+48=<<24+48=72>>72.\n#### 72"},
}
"""A question of each benchmark, as lm-eval's own task has it."""


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def published(benchmark: str) -> dict[str, Files]:
    """The same question in every form in which the benchmark is published: its files, by the name of the form."""
    row = ON_THE_HUB[TWINS[benchmark]]
    return {"as on the Hub": {f"{benchmark}/{_FILES[benchmark]}": [row]}, **_OTHER_FORMS[benchmark](row)}


_FILES = {
    "hellaswag": "validation.jsonl",
    "piqa": "validation.jsonl",
    "arc_easy": "test.jsonl",
    "winogrande": "validation.jsonl",
    "boolq": "validation.jsonl",
    "lambada": "lambada_openai_test.jsonl",
    "mmlu": "test.jsonl",
    "gsm8k": "test.jsonl",
}


def _hellaswag(row: dict[str, Any]) -> dict[str, Files]:
    file, bom = "hellaswag/validation.jsonl", "\ufeff"
    return {
        "original": {"hellaswag/hellaswag_val.jsonl": [{"ind": 4, "ctx": "A man. he", **row, "label": 2}]},
        "other names": {file: [{**without(row, "endings", "label"), "choices": row["endings"], "gold": 2}]},
        "answer as text": {file: [{**row, "label": "[step] jumps."}]},
        "array": {"hellaswag/validation.json": json.dumps([row], indent=1)},
        "array on one line": {file: json.dumps([row])},
        "byte order mark": {file: bom + json.dumps(row) + "\r\n\r\n"},
        "labels of two types": {file: [row, {**row, "label": 1}]},
        "part of the Hub's copy": {"hellaswag/data/validation-00000-of-00001.parquet": [row]},
    }


def _piqa(row: dict[str, Any]) -> dict[str, Files]:
    file, unanswered = "piqa/validation.jsonl", without(row, "label")
    return {
        "original": {"piqa/valid.jsonl": [unanswered], "piqa/valid-labels.lst": "1\n"},
        "answers by another name": {file: [unanswered], "piqa/dev-labels.lst": "1"},
        "answers known elsewhere": {file: [{**row, "label": -1}], "piqa/validation-labels.lst": "1\n"},
        "label as text": {file: [{**row, "label": "1"}]},
        "label as a float": {"piqa/validation.parquet": [{**row, "label": 1.0}]},
        "label is the solution": {file: [{**row, "label": "pull"}]},
        "answer": {file: [{**unanswered, "answer": 1}]},
    }


def _arc(row: dict[str, Any]) -> dict[str, Files]:
    pairs = [{"text": text, "label": label} for text, label in (("one", "A"), ("two", "B"))]
    file = "arc_easy/test.jsonl"
    return {
        "original": {
            "arc_easy/ARC-Easy-Test.jsonl": [
                {"id": "q", "question": {"stem": "Which?", "choices": pairs}, "answerKey": "B"}
            ]
        },
        "pairs": {file: [{**row, "choices": pairs}]},
        "numbers": {file: [{**row, "choices": {"text": ["one", "two"], "label": ["1", "2"]}, "answerKey": "2"}]},
        "numbers that are no text": {
            file: [{**row, "choices": {"text": ["one", "two"], "label": [1, 2]}, "answerKey": 2}]
        },
        "letters asked by number": {file: [{**row, "answerKey": "2"}]},
        "the Hub's folder": {"arc_easy/ARC-Easy/test-00000-of-00001.parquet": [row]},
    }


def _winogrande(row: dict[str, Any]) -> dict[str, Files]:
    file, unanswered = "winogrande/validation.jsonl", without(row, "answer")
    return {
        "original": {"winogrande/dev.jsonl": [{"qID": "q-1", **row}], "winogrande/dev-labels.lst": "2\n"},
        "answers apart": {"winogrande/dev.jsonl": [unanswered], "winogrande/dev-labels.lst": "2\n"},
        "number": {file: [{**row, "answer": 2}]},
        "answer is the option": {file: [{**row, "answer": "B"}]},
    }


def _boolq(row: dict[str, Any]) -> dict[str, Files]:
    file, unanswered = "boolq/validation.jsonl", without(row, "label")
    return {
        "original": {"boolq/dev.jsonl": [{**unanswered, "title": "It", "passage": "It is.", "answer": True}]},
        "title twice": {file: [{**unanswered, "title": "It", "answer": True}]},
        "google/boolq": {file: [{**unanswered, "answer": True}]},
        "SuperGLUE's own": {"boolq/val.jsonl": [{**row, "idx": 0, "label": True}]},
        "yes": {file: [{**unanswered, "answer": "yes"}]},
        "no title": {file: [{**row, "title": ""}]},
        "True": {file: [{**unanswered, "answer": "True"}]},
    }


def _lambada(_row: dict[str, Any]) -> dict[str, Files]:
    parts = {"context": "The last word is", "continuation": "word"}
    return {
        "parts": {"lambada/test.jsonl": [parts]},
        "parts with the space": {"lambada/test.jsonl": [{**parts, "continuation": " word"}]},
        "a line break behind": {"lambada/lambada_test.jsonl": [{"text": "The last word is word\n"}]},
        "the Hub's folder": {"lambada/data/lambada_test_en.jsonl": [{"text": "The last word is word"}]},
    }


def _mmlu(row: dict[str, Any]) -> dict[str, Files]:
    file, letters = "mmlu/test.jsonl", dict(zip("ABCD", row["choices"], strict=True))
    return {
        "letter": {file: [{**row, "answer": "C"}]},
        "array": {file: json.dumps([row])},
        "columns": {
            file: [{**without(row, "question", "choices", "answer"), "input": "Which? ", **letters, "target": "C"}]
        },
        "subject in words": {file: [{**row, "subject": "Anatomy"}]},
        "original": {"mmlu/data/test/anatomy_test.csv": '\n"Which? ",w,x,y,z,C\n'},
        "the Hub's folder": {"mmlu/all/test-00000-of-00001.parquet": [row]},
    }


def _gsm8k(row: dict[str, Any]) -> dict[str, Files]:
    file = "gsm8k/test.jsonl"
    converted = {"data_source": "x", "prompt": [{"role": "user", "content": "y"}], "extra_info": {"index": 0, **row}}
    return {
        "the original repository": {"gsm8k/grade_school_math/data/test.jsonl": [row]},
        "socratic questions": {"gsm8k/grade_school_math/data/test_socratic.jsonl": [row]},
        "the Hub's folder": {"gsm8k/main/test-00000-of-00001.parquet": [row], "gsm8k/socratic/test.jsonl": [{}]},
        "the Hub's socratic folder": {"gsm8k/socratic/test-00000-of-00001.parquet": [row]},
        "the Hub's own conversion": {"gsm8k/main/test/0000.parquet": [row]},
        "named by a digest": {"gsm8k/data/test-00000-of-00001-ef0c0880580496d5.parquet": [row]},
        "compressed": {"gsm8k/test.jsonl.gz": [row]},
        "compressed array": {"gsm8k/test.json.gz": json.dumps([row])},
        "for reinforcement learning": {"gsm8k/test.parquet": [converted]},
        "no space before the number": {file: [{**row, "answer": row["answer"].replace("#### ", "####")}]},
        "white space behind": {file: [{**row, "answer": f"{row['answer']} \r\n"}]},
        "more fields": {file: [{"id": 3, **row, "question_ja": "z"}]},
    }


_OTHER_FORMS = {
    "hellaswag": _hellaswag,
    "piqa": _piqa,
    "arc_easy": _arc,
    "winogrande": _winogrande,
    "boolq": _boolq,
    "lambada": _lambada,
    "mmlu": _mmlu,
    "gsm8k": _gsm8k,
}


def write(folder: Path, files: Files) -> Path:
    """Write files of rows or of plain text."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".gz":
            path.write_bytes(gzip.compress(_text(content).encode()))
        elif isinstance(content, str):
            path.write_bytes(content.encode())
        elif path.suffix == ".parquet":
            Dataset.from_list(content).to_parquet(path)
        else:
            path.write_text(_text(content))
    return folder


def _text(content: str | list[dict[str, Any]]) -> str:
    return content if isinstance(content, str) else "".join(json.dumps(row) + "\n" for row in content)
