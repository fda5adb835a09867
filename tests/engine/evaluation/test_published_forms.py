"""Whatever form a benchmark was published in, a local task asks and scores as lm-eval's own does on the Hub's."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset
from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks._yaml_loader import load_yaml

from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings
from engine.evaluation.local_data import check_data, splits
from engine.evaluation.task_list import task_manager
from tests.engine.evaluation.published_forms import ON_THE_HUB, TWINS, Files, published, without, write

OWN = Path(str(files("lm_eval"))) / "tasks"
DEFINITIONS = {
    "hellaswag": OWN / "hellaswag" / "hellaswag.yaml",
    "piqa": OWN / "piqa" / "piqa.yaml",
    "arc_easy": OWN / "arc" / "arc_easy.yaml",
    "winogrande": OWN / "winogrande" / "default.yaml",
    "boolq": OWN / "super_glue" / "boolq" / "default.yaml",
    "lambada": OWN / "lambada" / "lambada_openai.yaml",
    "mmlu": OWN / "mmlu" / "default" / "mmlu_anatomy.yaml",
    "gsm8k": OWN / "gsm8k" / "gsm8k.yaml",
}
FORMS = [(benchmark, form) for benchmark in TWINS for form in published(benchmark)]


def own_task(benchmark: str, **data: object) -> ConfigurableTask:
    """lm-eval's own task over other data."""
    return ConfigurableTask(config={**load_yaml(DEFINITIONS[benchmark]), "tag": None, **data})


def on_the_hub(benchmark: str) -> ConfigurableTask:
    rows = Dataset.from_list([ON_THE_HUB[TWINS[benchmark]]])
    return own_task(
        benchmark, custom_dataset=lambda **_options: dict.fromkeys(("train", "dev", "validation", "test"), rows)
    )


def from_files(benchmark: str, folder: Path) -> Any:
    name = f"local_{benchmark}"
    if benchmark == "mmlu":  # one of the 57 tasks that the group gives other data
        return own_task(
            benchmark,
            custom_dataset=splits,
            dataset_kwargs={"benchmark": "mmlu", "subject": "anatomy"},
            metadata={"data_folder": str(folder)},
            fewshot_split="fewshot",
        )
    settings = EvaluationSettings(data_folder=str(folder), fewshot=0)
    (task,) = task_manager(settings, [name]).load([name])["tasks"].values()
    return task


@pytest.mark.parametrize(("benchmark", "form"), FORMS, ids=map(": ".join, FORMS))
def test_a_local_task_asks_and_scores_as_lm_evals_own_does(tmp_path: Path, benchmark: str, form: str) -> None:
    ours, own = from_files(benchmark, write(tmp_path, published(benchmark)[form])), on_the_hub(benchmark)
    for task in (ours, own):
        task.set_config(key="num_fewshot", value=0)
        task.build_all_requests(limit=1, rank=0, world_size=1)
    assert [_asked(each) for each in ours.instances] == [_asked(each) for each in own.instances]
    for answers in _answers(ours):
        assert _scored(ours, answers) == _scored(own, answers)
    assert ours.aggregation().keys() == own.aggregation().keys()


def _asked(request: Any) -> tuple[object, ...]:
    """The prompt, and what is to be answered, or how an answer is generated; lm-eval's default limit is 256 tokens."""
    prompt, rest = request.args
    return prompt, {"max_gen_toks": 256, **rest} if isinstance(rest, dict) else rest


def _answers(task: Any) -> list[list[object]]:
    """Answers of a model that prefers each choice in turn, or writes results in several ways."""
    if task.OUTPUT_TYPE == "generate_until":
        written = ("#### 72", " It is $72.\n#### 72.\n\n", "72", "so 71, no, 72", "#### 7,2", "#### 720", "", "none")
        return [[text] for text in written]
    choices = range(len(task.instances))
    return [[(-float(each != favourite), each == favourite) for each in choices] for favourite in choices]


def _scored(task: Any, answers: list[object]) -> list[dict[str, object]]:
    """The figures of a question by each filter of the task."""
    for request, answer in zip(task.instances, answers, strict=True):
        request.resps, request.filtered_resps = [answer], {}
    task.apply_filters()
    first = task.instances[0]
    return [
        {kind: task.process_results(first.doc, [each.filtered_resps[kind] for each in task.instances])}
        for kind in first.filtered_resps
    ]


def _with(benchmark: str, **fields: object) -> dict[str, Any]:
    return {**ON_THE_HUB[TWINS[benchmark]], **fields}


def _lacking(benchmark: str, *names: str) -> dict[str, Any]:
    return without(ON_THE_HUB[TWINS[benchmark]], *names)


UNUSABLE: list[tuple[str, dict[str, Any], str]] = [
    (
        "piqa",
        _lacking("piqa", "label"),
        r"there is no field 'label' \(or 'answer', 'gold'\); its fields are: goal, sol1",
    ),
    ("piqa", _with("piqa", label=-1), "'label' is -1, so the answer is not known, as in a test split"),
    ("piqa", _with("piqa", label=None), "'label' is None, so the answer is not known"),
    ("piqa", _with("piqa", label=float("nan")), "'label' is nan, so the answer is not known"),
    ("piqa", _with("piqa", label=2), "'label' is 2, but it must be 0 for sol1 or 1 for sol2"),
    ("piqa", _with("piqa", label=True), "'label' is True, but it must be 0 for sol1"),
    ("piqa", _with("piqa", label="shove"), "'label' is 'shove', but it must be 0 for sol1"),
    ("piqa", _with("piqa", label=[1]), r"'label' is \[1\], but it must be 0 for sol1"),
    ("piqa", _with("piqa", sol1="pull", label="pull"), "'label' is 'pull', but it must be 0 for sol1"),
    ("piqa", _with("piqa", sol2=" "), "'sol2' is empty"),
    ("piqa", _with("piqa", goal=["To open"]), "'goal' must be text, but it is a list"),
    ("piqa", _with("piqa", goal=None), "'goal' must be text, but it is nothing"),
    ("piqa", _with("piqa", goal="\ud83d"), "'goal' holds half of a character"),
    ("hellaswag", _with("hellaswag", label=""), "'label' is '', so the answer is not known"),
    ("hellaswag", _with("hellaswag", label="4"), "'label' is '4', but it must be a number from 0 to 3"),
    ("hellaswag", _with("hellaswag", endings=["one"]), "'endings' has 1 choices, but at least 2 are needed"),
    ("hellaswag", _with("hellaswag", endings="one"), "'endings' must be a list of texts, but it is text"),
    ("hellaswag", _with("hellaswag", endings=["one", ""]), "number 2 of 'endings' is empty"),
    ("hellaswag", _lacking("hellaswag", "ctx_b"), "there is no field 'ctx_b'"),
    ("hellaswag", {"context": "A", "choices": ["b", "c"], "answer": 0}, "there is no field 'activity_label'"),
    ("winogrande", _with("winogrande", answer=""), "'answer' is '', so the answer is not known"),
    ("winogrande", _lacking("winogrande", "answer"), "there is no field 'answer'; its fields are: sentence, option1"),
    ("winogrande", _with("winogrande", answer="0"), "'answer' is '0', but it must be 1 for option1 or 2 for option2"),
    ("winogrande", _with("winogrande", sentence="No gap."), "'sentence' needs a gap, written as _"),
    ("winogrande", _with("winogrande", sentence="The gap is _ "), "'sentence' needs a gap, written as _"),
    ("boolq", _lacking("boolq", "label"), r"there is no field 'answer' \(or 'label'\)"),
    ("boolq", _with("boolq", label=-1), "'label' is -1, so the answer is not known"),
    ("boolq", _with("boolq", label="perhaps"), "'label' is 'perhaps', but it must be true or false"),
    ("arc_easy", _with("arc_easy", answerKey=""), "'answerKey' is '', so the answer is not known"),
    ("arc_easy", _with("arc_easy", answerKey="C"), "'answerKey' is 'C', but it must be one of the labels A, B"),
    (
        "arc_easy",
        _with("arc_easy", choices=["one", "two"]),
        "'choices' must have lists 'text' and 'label', but it is a list",
    ),
    ("arc_easy", _with("arc_easy", choices={"text": ["a", "b"]}), "'choices.label' must be a list of texts"),
    (
        "arc_easy",
        _with("arc_easy", choices={"text": ["a", "b"], "label": ["A", "A"]}),
        "'choices' has 2 texts and 1 different labels",
    ),
    ("arc_easy", _with("arc_easy", question={"text": "Which?"}), "'question' must be text, or an object"),
    ("lambada", {"text": "word"}, "'text' is a single word"),
    ("lambada", {"context": "Only this"}, "there is no field 'continuation'"),
    ("lambada", {"sentence": "All of it"}, r"there is no field 'context' \(or 'text'\)"),
    ("mmlu", _lacking("mmlu", "subject"), "there is no field 'subject'"),
    ("mmlu", _with("mmlu", answer=4), "'answer' is 4, but it must be 0 to 3 or a letter from A to D"),
    ("mmlu", _with("mmlu", answer="E"), "'answer' is 'E', but it must be 0 to 3"),
    ("mmlu", _with("mmlu", choices=["w", "x", "y"]), "'choices' has 3 choices, but 4 are needed"),
    ("mmlu", _lacking("mmlu", "choices"), r"there is no field 'A' \(or 'choices'\)"),
    ("gsm8k", _with("gsm8k", answer="They are 72."), "'answer' must end in #### and .*, but it ends in 'They are 72.'"),
    ("gsm8k", _with("gsm8k", answer="72"), "'answer' must end in #### and the number that is the result"),
    ("gsm8k", _with("gsm8k", answer="They are 72.\n####"), "'answer' must end in .*, but it ends in ''"),
    ("gsm8k", _with("gsm8k", answer="#### 72 apples"), "'answer' must end in .*, but it ends in '72 apples'"),
    ("gsm8k", _with("gsm8k", answer="#### 50%"), "'answer' must end in .*, but it ends in '50%'"),
    ("gsm8k", _with("gsm8k", answer="#### ٧٢"), "'answer' must end in .*, but it ends in '٧٢'"),
    ("gsm8k", _with("gsm8k", answer=72), "'answer' must end in #### and the number that is the result"),
    ("gsm8k", _with("gsm8k", answer=None), "'answer' must be text, but it is nothing"),
    ("gsm8k", _lacking("gsm8k", "answer"), "there is no field 'answer'; its fields are: question"),
    ("gsm8k", _with("gsm8k", question=""), "'question' is empty"),
    ("gsm8k", {"extra_info": {"question": "How many?"}}, "there is no field 'answer'; its fields are: question"),
]


@pytest.mark.parametrize(("benchmark", "row", "fault"), UNUSABLE, ids=[f"{b}: {f[:40]}" for b, _, f in UNUSABLE])
def test_a_row_that_cannot_be_asked_is_refused_with_its_place(
    tmp_path: Path, benchmark: str, row: dict[str, Any], fault: str
) -> None:
    ((name, rows),) = published(benchmark)["as on the Hub"].items()
    write(tmp_path, {name: [*rows, row]})
    subject = "anatomy" if benchmark == "mmlu" else ""
    with pytest.raises(BadInput, match=rf"{name}, line 2: {fault}") as caught:
        check_data({"benchmark": benchmark, "subject": subject}, str(tmp_path), 0)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


UNREADABLE: list[tuple[Files, str]] = [
    ({"piqa/validation.jsonl": "[1, 2]"}, "row 1: a row must be a JSON object with named fields, and this is a number"),
    ({"piqa/validation.jsonl": '"text"'}, "line 1: a row must be a JSON object with named fields, and this is text"),
    ({"piqa/validation.jsonl": '{"goal": \n'}, r'line 1: this is not JSON \("Expecting value", column 10\)'),
    ({"piqa/validation.jsonl": "[\n{},\n{]"}, r"validation\.jsonl: this is not JSON \(.*, line 3, column 2\)"),
    ({"piqa/validation.jsonl": "[" * 100_000}, "nested too deeply"),
    ({"piqa/validation.jsonl": ""}, r"validation\.jsonl has no rows"),
    ({"piqa/validation.jsonl": "[]"}, r"validation\.jsonl has no rows"),
    ({"piqa/validation.parquet": "no Parquet"}, "cannot be read as Parquet"),
    ({"mmlu/test/anatomy_test.csv": "Which?,w,x,C\n"}, r"anatomy_test\.csv, row 1: there are 4 columns; 6 are needed"),
    (
        {"piqa/valid.jsonl": json.dumps(_lacking("piqa", "label")), "piqa/valid-labels.lst": "2\n"},
        r"valid\.jsonl, line 1: the answer in valid-labels\.lst is '2', but it must be 0 for sol1",
    ),
    (
        {"piqa/valid.jsonl": json.dumps(_lacking("piqa", "label")), "piqa/valid-labels.lst": "1\n0\n"},
        r"valid-labels\.lst has 2 answers and .*valid\.jsonl has 1 questions",
    ),
]


@pytest.mark.parametrize(("content", "fault"), UNREADABLE, ids=[fault[:40] for _, fault in UNREADABLE])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, content: Files, fault: str) -> None:
    benchmark = next(iter(content)).partition("/")[0]
    with pytest.raises(BadInput, match=fault) as caught:
        check_data({"benchmark": benchmark, "subject": ""}, str(write(tmp_path, content)), 0)
    assert "\n" not in str(caught.value)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"piqa/validation.jsonl": ""})
    (tmp_path / "piqa" / "validation.jsonl").write_bytes('{"goal": "ä"}'.encode("latin-1"))
    with pytest.raises(BadInput, match=r"validation\.jsonl cannot be read as UTF-8 text: byte 10"):
        check_data({"benchmark": "piqa"}, str(tmp_path), 0)


def test_a_line_ends_only_where_json_lines_end(tmp_path: Path) -> None:
    row = _with("piqa", goal="To\u2028open\x85")
    write(tmp_path, {"piqa/validation.jsonl": json.dumps(row, ensure_ascii=False) + "\n"})
    assert splits(str(tmp_path), benchmark="piqa")["test"]["goal"][0] == row["goal"]


def test_answers_that_are_all_the_same_are_answers(tmp_path: Path) -> None:
    rows = [_with("boolq", label=0, question=f"is it {number}") for number in range(3)]
    found = splits(str(write(tmp_path, {"boolq/validation.jsonl": rows})), benchmark="boolq")["test"]
    assert list(found["answer"]) == [False] * 3


def test_the_preferred_name_is_read_where_a_file_is_there_by_several(tmp_path: Path) -> None:
    rows = {name: [_with("piqa", goal=name)] for name in ("dev", "valid", "validation")}
    write(tmp_path, {f"piqa/{name}.jsonl": each for name, each in rows.items()})
    assert splits(str(tmp_path), benchmark="piqa")["test"]["goal"][0] == "validation"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gsm8k/test.csv", 'question,answer\n"What is 2 + 2, please?",It is 4. #### 4\n'),
        ("GSM8K/Test.JSONL", '{"Question": "What is 2 + 2, please?", "Answer": "It is 4. #### 4"}\n'),
        ("gsm8k/main_test.tsv", ""),
    ],
)
def test_what_is_plainly_meant_is_read(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(content)
    if not content:
        with pytest.raises(BadInput, match=r"There is no file gsm8k/test\.jsonl"):
            splits(str(tmp_path), benchmark="gsm8k", examples=False)
        return
    (row,) = splits(str(tmp_path), benchmark="gsm8k", examples=False)["test"]
    assert (row["question"], row["answer"]) == ("What is 2 + 2, please?", "It is 4.\n#### 4")
