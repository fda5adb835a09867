"""A prompt, and what a run's models write after it, token by token."""

from pathlib import Path

import pytest
import torch
from transformers import PreTrainedModel

from engine.api.commands import GenerateText
from engine.api.events import MessageLogged, PieceWritten
from engine.api.project import Project
from engine.calibration.script import end_tokens
from engine.models.loading import load_model
from engine.models.placement import Placement
from engine.models.surgery import remove_layers
from engine.pipeline import placed_model
from engine.pipeline.run_choice import project_lock
from engine.recovery.merge import load_merged
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.tiny_models import tiny_tokenizer

PROMPT, TOKENS = "Once upon a time", 12
TOKENIZER = tiny_tokenizer()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose run has a removal set and a recovered model."""
    folder = tmp_path_factory.mktemp("playground")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LAYERSWARM_CACHE", str(folder / "cache"))
        project = small_project(folder, compensation__enabled=False)
        run(project, until="recover")
    assert state_of(project).best_variant == "recovered"
    return project


def tried(project: Project, watch: Watch | None = None, code: int = 0, **wanted: object) -> Watch:
    """What the models write."""
    watch = watch or Watch()
    asked = {"prompt": PROMPT, "max_tokens": TOKENS, "chat": False, **wanted}
    command = GenerateText(project=str(project.folder), **asked)  # type: ignore[arg-type]
    assert watch.do(command) == code, watch.ending.message
    return watch


def texts(watch: Watch) -> dict[str, str]:
    """The pieces put together."""
    found: dict[str, str] = {}
    for event in watch.events:
        if isinstance(event, PieceWritten):
            found[event.variant] = found.get(event.variant, "") + event.text
    return found


def models(project: Project) -> dict[str, PreTrainedModel]:
    """The run's three models, each loaded by itself."""
    dense, pruned, recovered = (load_model(Path(project.settings.model.source)) for _ in range(3))
    search = state_of(project).search
    assert search is not None
    for model in (pruned, recovered):
        remove_layers(model, search.removed)
    recovered.load_state_dict(load_merged(project.runs()[-1].folder / "recovery"), strict=False)
    return {"dense": dense, "pruned": pruned, "recovered": recovered}


def generated(model: PreTrainedModel, text: str) -> str:
    """What transformers itself has it write."""
    prompt = TOKENIZER(text, return_tensors="pt")["input_ids"]
    written = model.generate(  # type: ignore[operator]
        prompt,
        attention_mask=torch.ones_like(prompt),
        do_sample=False,
        max_new_tokens=TOKENS,
        eos_token_id=end_tokens(model, TOKENIZER),
    )
    return str(TOKENIZER.decode(written[0, prompt.shape[1] :], skip_special_tokens=True)).rstrip("\ufffd")


def test_a_streamed_model_states_what_writing_costs_before_it_begins(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placed_model, "choose_placement", lambda *_: Placement((1, 2)))
    watch = tried(project)
    first = next(number for number, event in enumerate(watch.events) if isinstance(event, PieceWritten))
    said = [event.message for event in watch.events[:first] if isinstance(event, MessageLogged)]
    assert any("2 of 6 layers are fetched from disk" in message for message in said)
    assert any("each token reads" in message and f"{3 * TOKENS} tokens" in message for message in said)
    assert texts(watch) == {name: generated(model, PROMPT) for name, model in models(project).items()}


def test_each_model_writes_what_generate_writes(project: Project) -> None:
    watch = tried(project)
    assert texts(watch) == {name: generated(model, PROMPT) for name, model in models(project).items()}
    last = [event for event in watch.events if isinstance(event, PieceWritten) and event.done]
    assert [event.variant for event in last] == ["dense", "pruned", "recovered"]
    assert watch.ending.message == "3 models wrote."


def test_a_chat_goes_through_the_template(project: Project) -> None:
    watch = tried(project, chat=True, variants=("pruned",))
    assert texts(watch) == {"pruned": generated(models(project)["pruned"], f"user: {PROMPT}\n")}


def test_the_same_seed_draws_the_same(project: Project) -> None:
    first, again, other = (texts(tried(project, temperature=1.0, seed=seed)) for seed in (5, 5, 6))
    assert first == again != other


def test_nothing_is_journalled_and_a_project_at_work_can_be_tried(project: Project) -> None:
    journal = project.runs()[-1].journal_path
    before = journal.read_bytes()
    with project_lock(project):
        tried(project, variants=("dense",))
    assert journal.read_bytes() == before


def test_a_stop_comes_between_two_tokens(project: Project) -> None:
    watch = Watch("pause", lambda event: isinstance(event, PieceWritten) and event.tokens >= 1)
    tried(project, watch, 130, max_tokens=200)
    pieces = [event for event in watch.events if isinstance(event, PieceWritten)]
    assert {event.variant for event in pieces} == {"dense"}
    assert sum(event.tokens > 0 for event in pieces) == 1
    assert watch.ending.outcome == "stopped"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"prompt": "  \n"}, "The prompt is empty"),
        ({"prompt": "x" * 5000}, "shorten it"),
        ({"run": "0009-woa"}, "0009-woa"),
    ],
)
def test_what_cannot_be_written_after_is_said(project: Project, wanted: dict[str, object], sentence: str) -> None:
    assert sentence in tried(project, code=2, **wanted).ending.message


def test_without_a_removal_set_or_a_recovered_model_there_is_nothing_to_try(tmp_path: Path) -> None:
    project = small_project(tmp_path, compensation__enabled=False, recovery__enabled=False)
    assert "no run with a removal set yet" in tried(project, code=2).ending.message
    run(project, until="search")
    assert "no recovered model" in tried(project, code=2, variants=("recovered",)).ending.message
    assert set(texts(tried(project))) == {"dense", "pruned"}
