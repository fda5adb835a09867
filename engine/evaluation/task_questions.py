"""Turn an lm-eval task into questions for the fitness, with lm-eval's own prompts, tokens and scoring."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.plurals import any_of
from engine.api.settings import EvaluationSettings, SearchSettings
from engine.evaluation.quiet import quiet_lm_eval
from engine.evaluation.task_faults import running
from engine.evaluation.task_list import FEWSHOT_SEED, check_all, local_definition, task_manager
from engine.fitness.questions import Answer, Answered, Question

_CHOOSING = ("multiple_choice", "loglikelihood")


def check_objective_task(search: SearchSettings, evaluation: EvaluationSettings) -> None:
    """Check that the task of the search's objective exists and can be asked, before hours of work.

    Raises:
        BadInput: No task is named, it does not exist (the message gives the nearest name), or its local data are
            missing or unusable.
        LayerSwarmError: The data of a task in ``evaluation.task_folder`` cannot be loaded.
    """
    if search.objective != "task":
        return
    if not search.task:
        raise BadInput(
            worded("The fitness is a task's accuracy, but no task is named; set search.task, such as 'hellaswag'.")
        )
    check_all(evaluation, [search.task], search.task_samples)
    if local_definition(search.task).get("output_type", _CHOOSING[0]) not in _CHOOSING:
        raise _generated(search.task)


def task_questions(
    search: SearchSettings,
    evaluation: EvaluationSettings,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
) -> tuple[Question, ...]:
    """Return the task's first ``search.task_samples`` questions, with the evaluation's data and examples.

    Args:
        search: Task, metric and number of questions.
        evaluation: Folders of data and further tasks, and the number of examples.
        model: Its context length cuts the questions.
        tokenizer: The model's.

    Raises:
        BadInput: The task does not exist, is a group of tasks, has answers that are generated instead of chosen, or
            lacks the metric.
        LayerSwarmError: Its data cannot be loaded.
    """
    manager = task_manager(evaluation, [search.task])
    with running(search.task), quiet_lm_eval():
        loaded = manager.load([search.task])["tasks"]
    if len(loaded) != 1:
        raise BadInput(
            worded(
                "'{0}' is a group of {1} tasks; choose one of them as the fitness (search.task).",
                search.task,
                len(loaded),
            )
        )
    (task,) = loaded.values()
    if task.OUTPUT_TYPE not in _CHOOSING:
        raise _generated(search.task)
    with running(search.task), quiet_lm_eval():
        own = task.get_config("num_fewshot")
        if own != 0:  # 0 in a task's own definition forbids examples; lm-eval keeps it too
            task.set_config(key="num_fewshot", value=(own if evaluation.fewshot is None else evaluation.fewshot) or 0)
        task.set_fewshot_seed(seed=FEWSHOT_SEED)
        task.build_all_requests(limit=search.task_samples, rank=0, world_size=1)
        encoded = _encoded(model, tokenizer, task.instances)
    questions = _by_question(task, encoded, search.task_metric)
    _check_metric(search, task, questions[0])
    return questions


def _generated(task: str) -> BadInput:
    return BadInput(
        worded("The answers of '{0}' are generated; only a task that chooses answers can be the fitness.", task)
    )


def _encoded(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, instances: Sequence[Any]
) -> list[tuple[Any, Answer]]:
    """Return each request with its tokens, cut to the model's context length as lm-eval does."""
    from lm_eval.models.huggingface import HFLM

    requests: list[Any] = []

    def keep(encoded: Sequence[Any], **_options: Any) -> list[Answered]:
        requests.extend(encoded)
        return [(0.0, False)] * len(encoded)

    lm = HFLM(pretrained=model, tokenizer=tokenizer, batch_size=1)
    lm._loglikelihood_tokens = keep  # receives lm-eval's tokens without running the model
    lm.loglikelihood(instances, disable_tqdm=True)
    longest = lm.max_length + 1
    return [
        (instance, Answer(tuple((context + answer)[-longest:]), len(answer)))
        for instance, (_, context, answer) in zip(instances, requests, strict=True)
    ]


def _by_question(task: Any, encoded: Sequence[tuple[Any, Answer]], metric: str) -> tuple[Question, ...]:
    """Group the requests by document, in the order of its answers."""
    found: dict[int, list[tuple[int, Any, Answer]]] = defaultdict(list)
    for instance, answer in encoded:
        found[instance.doc_id].append((instance.idx, instance.doc, answer))
    return tuple(
        _question(task, [answer for _, _, answer in sorted(group, key=lambda each: each[0])], group[0][1], metric)
        for _, group in sorted(found.items())
    )


def _question(task: Any, answers: Sequence[Answer], document: Mapping[str, Any], metric: str) -> Question:
    def judge(answered: Sequence[Answered]) -> float:
        return float(task.process_results(document, list(answered)).get(metric, 0.0))

    return Question(tuple(answers), judge)


def _check_metric(search: SearchSettings, task: Any, question: Question) -> None:
    document = task.instances[0].doc
    there = task.process_results(document, [(-1.0, False)] * len(question.answers))
    usable = [name for name, value in there.items() if isinstance(value, int | float) and 0 <= value <= 1]
    if search.task_metric not in usable:
        named = any_of(usable) or worded("none that can be the fitness")
        raise BadInput(
            worded("'{0}' has no figure '{1}' between 0 and 1; it has {2}.", search.task, search.task_metric, named)
        )
