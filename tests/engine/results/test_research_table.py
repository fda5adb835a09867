"""The table of the research is made of a project's own journals."""

import pytest

from engine.api.editing import with_values
from engine.api.event import Event, RemovalSet, RunStarted
from engine.api.events import ModelEvaluated, ModelPrepared, SearchCompared, SearchFinished, TaskEvaluated
from engine.api.run_state import RunState
from engine.api.settings import Algorithm, Settings, Variant
from engine.results.research_table import ResearchColumn, accuracies, research_table

MODEL = ModelPrepared(
    source="demo",
    name="demo",
    folder="",
    digest="",
    model_type="llama",
    architecture="",
    licence="",
    layers=5,
    hidden_size=8,
    vocabulary=9,
    context_length=64,
    dtype="bfloat16",
    parameters=500,
    bytes=1000,
    layer_parameters=(50,) * 5,
    layer_bytes=(100,) * 5,
)


def run(algorithm: Algorithm, removed: RemovalSet, fitness: float = 0.5, *more: Event) -> RunState:
    """A run whose search has ended."""
    return RunState.replay(
        [
            RunStarted(run=f"0001-{algorithm}", algorithm=algorithm, resumed=False, device="cpu", versions={}),
            MODEL,
            SearchFinished(removed=removed, fitness=fitness, evaluations=96, layer_applications=9, seconds=75.0),
            *more,
        ]
    )


def model(variant: Variant, perplexity: float = 10.0, decode: float = 20.0) -> ModelEvaluated:
    return ModelEvaluated(
        variant=variant,
        layers=5,
        parameters=500,
        bytes=1000 if variant == "dense" else 800,
        heldout_perplexity=perplexity,
        heldout_kl=0.1,
        text_perplexity=None,
        prefill_tokens_per_second=100.0,
        decode_tokens_per_second=decode,
        peak_memory=1,
    )


def task(variant: Variant, name: str, value: float, metric: str = "acc", part_of: str = "") -> TaskEvaluated:
    return TaskEvaluated(
        variant=variant, task=name, metric=metric, value=value, stderr=0.01, samples=100, part_of=part_of
    )


def search(algorithm: Algorithm, seed: int, fitness: float, removed: RemovalSet) -> SearchCompared:
    return SearchCompared(
        algorithm=algorithm,
        seed=seed,
        removed=removed,
        fitness=fitness,
        heldout_kl=2 * fitness,
        heldout_perplexity=9.0,
        parameters=400,
        bytes=800,
        candidates=30,
        tokens=100,
        seconds=10.0 * (seed + 1),
        course_tokens=(),
        course_fitness=(),
        importance=(),
    )


def seeds(runs: list[RunState]) -> list[tuple[Settings | None, RunState]]:
    """Each with a seed of its own."""
    return [(with_values(Settings(), {"search.seed": seed}), state) for seed, state in enumerate(runs)]


def only(runs: list[RunState], comparisons: list[RunState] | None = None) -> ResearchColumn:
    (column,) = research_table(seeds(runs), comparisons or [])
    return column


def test_the_papers_two_algorithms_come_first() -> None:
    runs = [run("greedy", (1,)), run("woa", (1,)), run("pso", (1,)), RunState()]
    assert [column.algorithm for column in research_table(seeds(runs), [])] == ["pso", "woa", "greedy"]


def test_accuracy_loss_is_relative_to_the_dense_mean_over_the_tasks_that_all_have() -> None:
    events = [
        *(model("dense"), model("pruned", decode=25.0), model("recovered", decode=24.0)),
        *(task("dense", "piqa", 0.6), task("pruned", "piqa", 0.4), task("recovered", "piqa", 0.5)),
        *(task("dense", "piqa", 0.8, "acc_norm"), task("pruned", "piqa", 0.6, "acc_norm")),
        task("recovered", "piqa", 0.7, "acc_norm"),
        *(task("dense", "boolq", 0.2), task("pruned", "boolq", 0.1), task("recovered", "boolq", 0.2)),
        task("dense", "arc_easy", 0.9),
    ]
    column = only([run("pso", (1, 2), 0.5, *events)])
    assert (column.loss_of, column.tasks) == ("accuracy", ("piqa", "boolq"))
    assert column.loss_before == pytest.approx(1 - 0.7 / 1.0)
    assert column.loss_after == pytest.approx(1 - 0.9 / 1.0)
    assert column.size_reduction == pytest.approx(0.2)
    assert (column.prefill_speed, column.decode_speed) == (1.0, pytest.approx(1.2))


def test_parts_of_a_group_do_not_count_twice() -> None:
    events = [
        *(model("dense"), model("pruned")),
        *(task(each, "mmlu", 0.4) for each in ("dense", "pruned")),
        *(task(each, "stem", 0.1, part_of="mmlu") for each in ("dense", "pruned")),
    ]
    assert only([run("pso", (1,), 0.5, *events)]).tasks == ("mmlu",)


@pytest.mark.parametrize("alone_first", [True, False])
def test_a_task_asked_for_alone_and_in_a_group_keeps_its_own_figure(alone_first: bool) -> None:
    figures = [task("dense", "arc_easy", 0.5), task("dense", "arc_easy", 0.4, part_of="group")]
    state = RunState.replay(figures if alone_first else reversed(figures))
    assert accuracies(state, "dense") == {"arc_easy": 0.5}


def test_the_first_filter_of_a_task_is_its_accuracy() -> None:
    figures = [("exact_match (strict)", 0.4), ("exact_match (flexible)", 0.5)]
    events = [task(each, "gsm8k", value, metric) for each in ("dense", "pruned") for metric, value in figures]
    state = run("pso", (1,), 0.5, model("dense"), model("pruned"), *events)
    assert accuracies(state, "dense") == {"gsm8k": 0.4}
    assert only([state]).tasks == ("gsm8k",)


def test_without_tasks_the_loss_is_told_in_perplexity_and_without_models_in_kl() -> None:
    measured = only([run("pso", (1,), 0.5, model("dense", 10.0), model("pruned", 15.0))])
    assert (measured.loss_of, measured.loss_before, measured.loss_after) == ("perplexity", pytest.approx(0.5), None)
    searched = only([run("pso", (1,), 0.5)])
    assert (searched.loss_of, searched.loss_before, searched.size_reduction) == ("KL", None, pytest.approx(0.1))


def test_kl_is_the_held_out_one_and_never_the_fitness_on_which_the_set_was_chosen() -> None:
    column = only([run("pso", (1,), 0.5, model("pruned"), model("recovered"))])
    assert (column.loss_of, column.loss_before, column.loss_after) == ("KL", 0.1, 0.1)


def test_the_latest_run_that_came_furthest_speaks_for_its_algorithm() -> None:
    done = run("pso", (1,), 0.5, model("dense"), model("pruned"))
    assert only([done, run("pso", (2, 3))]).layers == 1


def test_stability_is_over_the_seeds_of_a_comparison_or_else_over_runs() -> None:
    compared = RunState.replay([MODEL, search("pso", 0, 0.5, (1, 2)), search("pso", 1, 0.7, (1, 3))])
    column = only([run("pso", (1, 2))], [compared])
    assert (column.seeds, column.agreement, column.spread) == (2, pytest.approx(1 / 3), pytest.approx(0.2))
    runs = [run("pso", (1, 2), 0.5), run("pso", (1, 2), 0.6), run("pso", (1,), 0.1)]
    column = only(runs)
    assert column.seeds == 1  # the latest run removes another number of layers
    assert only(runs[:2]).agreement == 1.0


def searched(removed: RemovalSet, candidates: int, seconds: float, *, early: bool = False) -> RunState:
    """As ``run``, with what the search itself has measured."""
    state = run("pso", removed)
    state.apply(
        SearchFinished(
            removed=removed, fitness=0.5, evaluations=candidates, layer_applications=9, seconds=seconds, early=early
        )
    )
    return state


def test_the_same_search_again_is_no_second_seed_and_its_cost_is_what_it_cost_at_first() -> None:
    first, again = Settings(), with_values(Settings(), {"recovery.rank": 8, "evaluation.repeats": 2})
    runs = [(first, searched((1, 2), 96, 75.0)), (again, searched((1, 2), 0, 1.0))]
    (column,) = research_table(runs, [])
    assert (column.seeds, column.agreement, column.spread) == (1, None, None)
    assert (column.candidates, column.search_seconds) == (96, 75.0)
    other = with_values(first, {"search.seed": 1})
    (column,) = research_table([*runs, (other, searched((1, 3), 40, 30.0))], [])
    assert (column.seeds, column.agreement) == (2, pytest.approx(1 / 3))
    assert (column.candidates, column.search_seconds) == (40, 30.0)


def test_a_search_that_was_stopped_and_done_again_costs_both() -> None:
    runs = [searched((1, 3), 30, 25.0, early=True), searched((1, 2), 66, 50.0), searched((1, 2), 0, 1.0)]
    (column,) = research_table([(Settings(), state) for state in runs], [])
    assert (column.seeds, column.candidates, column.search_seconds) == (1, 96, 75.0)


def test_a_seed_means_nothing_to_a_search_without_chance() -> None:
    greedy = with_values(Settings(), {"search.algorithm": "greedy"})
    runs = [(with_values(greedy, {"search.seed": seed}), run("greedy", (1, 2))) for seed in (0, 1)]
    (column,) = research_table(runs, [])
    assert column.seeds == 1


def test_runs_whose_settings_cannot_be_read_each_count() -> None:
    (column,) = research_table([(None, run("pso", (1, 2))), (None, run("pso", (1, 2)))], [])
    assert column.seeds == 2


def test_an_algorithm_that_was_only_compared_has_a_column_too() -> None:
    compared = RunState.replay([MODEL, search("woa", 0, 0.5, (1, 2)), search("woa", 1, 0.7, (1, 3))])
    column = only([], [compared])
    assert (column.run, column.layers, column.size_reduction) == ("", 2, pytest.approx(0.2))
    assert (column.loss_of, column.loss_before, column.search_seconds) == ("KL", pytest.approx(1.2), 15.0)
