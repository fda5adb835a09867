"""Token windows: disjoint, the same every time, and never more work than needed."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.settings import CalibrationSettings, RecoverySettings, Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import BLOCK, TextGenerator, write_windows
from engine.calibration.openings import document_openings, openings_of
from engine.calibration.packing import PackedText
from engine.calibration.places import text_mixture
from engine.calibration.prepare import prepare_windows, text_windows
from engine.calibration.sampling import sampled
from engine.calibration.script import document_script
from engine.calibration.windows import DistinctWindows, TokenWindows, windows_digest
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.tiny_models import save_tiny, tiny_tokenizer

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[4] / "shared" / "data"
BASE: dict[str, object] = {
    "calibration.windows": 6,
    "calibration.heldout_windows": 5,
    "calibration.window_length": 16,
    "compensation.windows": 4,
    "recovery.windows": 7,
    "recovery.validation_windows": 3,
}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFolder:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    save_tiny("llama", tmp_path / "model")
    return resolve_source(str(tmp_path / "model"), "main", silent)


def loader(model: ModelFolder) -> Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]:
    return lambda: (load_model(model.path), load_tokenizer(model.path))


def never() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    raise AssertionError("the model was loaded without need")


def prepared(model: ModelFolder, load: object = None, **values: object) -> TokenWindows:
    changes = {name.replace("__", "."): value for name, value in values.items()}
    settings = with_values(Settings(), {**BASE, **changes})
    return prepare_windows(settings, model, load or loader(model), silent)  # type: ignore[arg-type]


def text_file(folder: Path, documents: int = 80) -> Path:
    path = folder / "texts.jsonl"
    path.write_bytes(
        b"".join(
            msgspec.json.encode({"text": f"Text {number} says {number * number} and ends."}) + b"\n"
            for number in range(documents)
        )
    )
    return path


def parts(windows: TokenWindows) -> tuple[Tensor, ...]:
    return windows.calibration, windows.heldout, windows.recovery, windows.validation


def rows(windows: Tensor) -> set[tuple[int, ...]]:
    return {tuple(row.tolist()) for row in windows}


@pytest.mark.parametrize("source", ["self", "file"])
def test_the_sets_have_their_sizes_and_nothing_in_common(tmp_path: Path, model: ModelFolder, source: str) -> None:
    path = str(text_file(tmp_path))
    windows = prepared(
        model, calibration__source=source, calibration__path=path, recovery__source=source, recovery__path=path
    )
    assert [tuple(part.shape) for part in parts(windows)] == [(6, 16), (5, 16), (7, 16), (3, 16)]
    assert all(part.dtype == torch.int64 for part in parts(windows))
    together = [row for part in parts(windows) for row in rows(part)]
    assert len(together) == len(set(together)) == 21


def test_text_to_learn_from_is_written_when_it_is_needed_and_is_the_same_then(model: ModelFolder) -> None:
    settings = with_values(Settings(), {**BASE, "calibration.source": "self", "recovery.source": "self"})
    texts: list[str] = []

    def note(message: str, _done: float, _total: float) -> None:
        texts.append(message)

    first = prepare_windows(settings, model, loader(model), note, learning=False)
    assert first.awaits_learning
    assert len(first.recovery) == len(first.validation) == 0
    assert not any("recovery text" in text or "validation text" in text for text in texts)
    whole = prepare_windows(settings, model, loader(model), note)
    assert any("recovery text" in text for text in texts)
    later = first.with_learning(whole)
    assert all(torch.equal(*pair) for pair in zip(parts(later), parts(whole), strict=True))
    assert not later.awaits_learning


def test_a_text_to_learn_from_that_cannot_be_read_is_refused_before_the_search(
    tmp_path: Path, model: ModelFolder
) -> None:
    values = {
        "calibration.source": "self",
        "recovery.source": "mix",
        "recovery.mix": ["self", str(tmp_path / "no.txt")],
    }
    settings = with_values(Settings(), {**BASE, **values})
    with pytest.raises(BadInput, match=r"no\.txt"):
        prepare_windows(settings, model, loader(model), silent, learning=False)


def test_windows_to_learn_from_are_none_of_those_that_are_kept(tmp_path: Path, model: ModelFolder) -> None:
    """A text that has changed since the run began does not bring back what scores are measured on."""
    path = str(text_file(tmp_path))
    values = {"calibration__source": "file", "calibration__path": path, "recovery__source": "file"}
    whole = prepared(model, recovery__path=path, **values)
    kept = learning_from_calibration(whole)
    assert len(kept.with_learning(kept).recovery) == 0


def learning_from_calibration(whole: TokenWindows) -> TokenWindows:
    """Return windows whose windows to learn from are those of the calibration."""
    return replace(whole, recovery=whole.calibration, validation=whole.heldout, elsewhere=whole.calibration[:0])


def pieces(windows: Tensor, length: int = 12) -> set[tuple[int, ...]]:
    """All runs of so many tokens that are in a window: wherever one begins, it is known again."""
    return {tuple(piece.tolist()) for row in windows for piece in row.unfold(0, length, 1)}


def mixed(tmp_path: Path, names: tuple[str, ...]) -> list[str]:
    """Text files whose windows are known by a letter."""
    paths = []
    for name in names:
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(
            b"".join(
                msgspec.json.encode({"text": name * 3 + f"{number:04d}" + name * 40}) + b"\n" for number in range(40)
            )
        )
        paths.append(str(path))
    return paths


def test_the_texts_of_a_mix_take_turns(tmp_path: Path, model: ModelFolder) -> None:
    first, second, third = mixed(tmp_path, ("a", "b", "c"))
    windows = prepared(
        model,
        never,
        calibration__source="mix",
        calibration__mix=[first, second, third],
        recovery__enabled=False,
        compensation__enabled=False,
    )
    tokenizer = load_tokenizer(model.path)

    def letters(part: Tensor) -> list[str]:
        return [max("abc", key=str(tokenizer.decode(window)).count) for window in part]

    assert letters(windows.calibration) == ["a", "b", "c"] * 2
    assert letters(windows.heldout) == ["a", "b", "c", "a", "b"]
    assert len(rows(windows.calibration) | rows(windows.heldout)) == 11


def test_a_mix_may_hold_the_models_own_text(tmp_path: Path, model: ModelFolder) -> None:
    (path,) = mixed(tmp_path, ("a",))
    alone = prepared(model, recovery__enabled=False, compensation__enabled=False)
    windows = prepared(
        model, calibration__source="mix", calibration__mix=["self", path, "self"], recovery__enabled=False
    )
    assert torch.equal(windows.calibration[0::2], alone.calibration[:3])


def test_the_short_text_of_a_mix_is_named(tmp_path: Path, model: ModelFolder) -> None:
    (path,) = mixed(tmp_path, ("a",))
    short = text_file(tmp_path, documents=1)
    with pytest.raises(BadInput, match=r"too little text in .*texts\.jsonl: \d of 40"):
        prepared(model, calibration__source="mix", calibration__mix=[path, str(short)], calibration__windows=80)


def test_the_kinds_of_text_have_short_names() -> None:
    places = text_mixture(CalibrationSettings(source="mix"))
    assert [place.source for place in places] == ["self", "dataset", "dataset", "dataset"]
    named = text_mixture(CalibrationSettings(source="mix", mix=("org/set", "a.txt")))
    assert [place.name for place in named] == ["org/set", str(Path("a.txt").resolve())]


def test_a_text_is_one_text_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "texts" / "a.jsonl"
    path.parent.mkdir()
    path.touch()
    (tmp_path / "link.jsonl").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    names = (str(path), "texts/a.jsonl", "texts/../texts/a.jsonl", "~/texts/a.jsonl", "link.jsonl")
    alone = [text_mixture(CalibrationSettings(source="file", path=name)) for name in names]
    mixed = [text_mixture(RecoverySettings(source="mix", mix=(name,))) for name in names]
    assert all(found == alone[0] for found in (*alone, *mixed))
    assert len(text_mixture(RecoverySettings(source="mix", mix=names))) == 1


@pytest.mark.parametrize("name", ["org/set", "org/set:", "org/set:default"])
def test_the_default_part_of_a_data_set_is_the_data_set(name: str) -> None:
    alone = text_mixture(CalibrationSettings(source="dataset", dataset=name))
    assert alone == text_mixture(RecoverySettings(source="mix", mix=("org/set",)))
    assert alone == text_mixture(RecoverySettings(source="mix", mix=(name,)))
    assert alone != text_mixture(RecoverySettings(source="dataset", dataset="org/set:other"))


def test_recovery_learns_no_held_out_text_by_another_name_of_its_file(
    tmp_path: Path, model: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "digests.jsonl"
    digests = (hashlib.sha256(bytes([number])).hexdigest() for number in range(120))
    path.write_text("".join(f'{{"text": "{digest}"}}\n' for digest in digests))
    monkeypatch.chdir(tmp_path)
    windows = prepared(
        model,
        calibration__source="file",
        calibration__path=str(path),
        recovery__source="file",
        recovery__path=path.name,
        recovery__windows=300,
    )
    learnt = pieces(windows.recovery)
    assert not pieces(windows.heldout) & learnt
    assert not pieces(windows.elsewhere) & learnt


def test_a_mix_of_which_nothing_can_be_kept_back_is_refused(tmp_path: Path, model: ModelFolder) -> None:
    short = tmp_path / "short.jsonl"
    short.write_text('{"text": "a"}\n')
    (path,) = mixed(tmp_path, ("a",))
    mix = {"recovery__source": "mix", "recovery__mix": [str(short), path], "recovery__validation_windows": 1}
    with pytest.raises(BadInput, match=r"no text left in .* for recovery"):
        prepared(model, **mix)


def test_recovery_learns_from_a_mix_by_weights(tmp_path: Path, model: ModelFolder) -> None:
    first, second = mixed(tmp_path, ("a", "b"))
    windows = prepared(model, recovery__source="mix", recovery__mix=[f"{first}:3", second], recovery__windows=8)
    tokenizer = load_tokenizer(model.path)
    letters = [max("ab", key=str(tokenizer.decode(window)).count) for window in windows.recovery]
    assert (letters.count("a"), letters.count("b")) == (6, 2)
    assert set(letters[:4]) == {"a", "b"}
    assert len(windows.validation) == 3


def test_a_text_to_measure_on_has_no_window_of_the_others(tmp_path: Path, model: ModelFolder) -> None:
    path = text_file(tmp_path)
    settings = CalibrationSettings(window_length=16, heldout_windows=5)
    tokenizer = load_tokenizer(model.path)
    first = text_windows(path, tokenizer, settings, ())
    second = text_windows(path, tokenizer, settings, (first,))
    assert len(second) == 5
    assert not rows(first) & rows(second)


@pytest.mark.parametrize("source", ["self", "file"])
def test_the_same_settings_give_the_same_windows(tmp_path: Path, model: ModelFolder, source: str) -> None:
    path = str(text_file(tmp_path))
    first, again = (
        prepared(
            model,
            calibration__source=source,
            calibration__path=path,
            recovery__enabled=False,
            compensation__enabled=False,
        )
        for _ in range(2)
    )
    assert first.digest == again.digest
    assert all(torch.equal(one, other) for one, other in zip(parts(first), parts(again), strict=True))


@pytest.mark.parametrize("source", ["self", "file"])
def test_calibration_windows_do_not_change_with_other_settings(tmp_path: Path, model: ModelFolder, source: str) -> None:
    path = str(text_file(tmp_path))
    given_source = {"calibration__source": source, "calibration__path": path}
    first = prepared(model, **given_source)
    other = prepared(model, **given_source, recovery__windows=3, calibration__heldout_windows=2, recovery__seed=9)
    assert torch.equal(first.calibration, other.calibration)
    more = prepared(model, **given_source, calibration__windows=9)
    assert torch.equal(more.calibration[:6], first.calibration)


def test_another_seed_gives_other_text(model: ModelFolder) -> None:
    assert prepared(model).digest != prepared(model, calibration__seed=1).digest


def test_text_that_was_written_once_is_not_written_again(model: ModelFolder) -> None:
    first = prepared(model)
    assert torch.equal(prepared(model, never).calibration, first.calibration)


SHOUTED = "{% for message in messages %}<<{{ message['role'] | upper }}>> {{ message['content'] }} [END]{% endfor %}"


def told_apart(folder: Path, change: str) -> None:
    """Change what decides a text besides the weights."""
    tokenizer = load_tokenizer(folder)
    if change == "template":
        tokenizer.chat_template = SHOUTED
    elif change == "begin":
        tokenizer.bos_token = "a"
    elif change == "end":
        tokenizer.eos_token = "a"
    tokenizer.save_pretrained(folder)
    if change == "configured end":
        file = folder / "generation_config.json"
        file.write_bytes(msgspec.json.encode({**msgspec.json.decode(file.read_bytes()), "eos_token_id": [2, 40]}))


@pytest.mark.parametrize("change", ["template", "begin", "end", "configured end"])
def test_the_same_weights_with_another_way_to_write_share_no_text(model: ModelFolder, change: str) -> None:
    before = prepared(model, recovery__enabled=False, compensation__enabled=False)
    told_apart(Path(model.path), change)
    other = resolve_source(str(model.path), "main", silent)
    assert other.digest == model.digest
    loads: list[ModelFolder] = []

    def load() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
        loads.append(other)
        return loader(other)()

    after = prepared(other, load, recovery__enabled=False, compensation__enabled=False)
    assert loads
    assert change != "template" or before.digest != after.digest
    assert torch.equal(
        prepared(other, never, recovery__enabled=False, compensation__enabled=False).calibration, after.calibration
    )


def test_a_template_that_says_the_date_writes_no_new_text_every_day(model: ModelFolder) -> None:
    tokenizer = load_tokenizer(model.path)
    tokenizer.chat_template = "It is {{ strftime_now('%f') }}. " + SHOUTED
    tokenizer.save_pretrained(model.path)
    first = prepared(model, recovery__enabled=False, compensation__enabled=False)
    assert torch.equal(
        prepared(model, never, recovery__enabled=False, compensation__enabled=False).calibration, first.calibration
    )


def test_without_recovery_nothing_is_written_for_it(model: ModelFolder) -> None:
    assert prepared(model, recovery__enabled=False, compensation__enabled=False).recovery.shape == (0, 16)


def test_compensation_and_recovery_share_their_windows(model: ModelFolder) -> None:
    assert prepared(model, recovery__enabled=False).recovery.shape == (4, 16)
    assert prepared(model, compensation__windows=9).recovery.shape == (9, 16)
    assert prepared(model).recovery.shape == (7, 16)


def test_a_file_needs_no_model(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    off = {"recovery__enabled": False, "compensation__enabled": False}
    windows = prepared(model, never, calibration__source="file", calibration__path=path, **off)
    assert len(windows.calibration) == 6


def test_documents_of_one_set_are_in_no_other(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    windows = prepared(
        model, calibration__source="file", calibration__path=path, recovery__source="file", recovery__path=path
    )
    tokenizer = load_tokenizer(model.path)
    named = [
        {word for text in tokenizer.batch_decode(part) for word in text.split("Text ")[1:]} for part in parts(windows)
    ]
    # A window may begin or end within a document, so only whole numbers of documents are compared.
    numbers = [{text.split(" says")[0] for text in texts if " says" in text} for texts in named]
    assert sum(map(len, numbers)) == len(set().union(*numbers))


def test_too_little_text_says_how_much_there_is(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path, documents=3))
    with pytest.raises(BadInput, match=r"too little text in .*texts\.jsonl: \d+ of 6 calibration windows of 16 tokens"):
        prepared(model, calibration__source="file", calibration__path=path, calibration__windows=6)


def test_fewer_recovery_windows_than_wanted_are_enough(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    windows = prepared(model, recovery__source="file", recovery__path=path, recovery__windows=10_000)
    assert 10 < len(windows.recovery) < 10_000
    assert len(windows.validation) == 3


def test_a_short_text_keeps_only_a_tenth_back(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    windows = prepared(
        model,
        recovery__source="file",
        recovery__path=path,
        recovery__windows=10_000,
        recovery__validation_windows=1000,
    )
    found = len(windows.recovery) + len(windows.validation)
    assert len(windows.validation) == found // 10 > 3
    assert rows(windows.recovery).isdisjoint(rows(windows.validation))


def test_text_from_elsewhere_is_of_what_recovery_does_not_learn(tmp_path: Path, model: ModelFolder) -> None:
    assert len(prepared(model).elsewhere) == 0
    path = str(text_file(tmp_path))
    windows = prepared(model, recovery__source="file", recovery__path=path)
    assert windows.elsewhere.shape == (3, 16)
    assert all(rows(windows.elsewhere).isdisjoint(rows(part)) for part in parts(windows))
    mix = prepared(model, calibration__source="mix", calibration__mix=["self", path])
    assert len(mix.elsewhere) == 3
    tokenizer = load_tokenizer(model.path)
    assert any("says" in str(text) for text in tokenizer.batch_decode(mix.elsewhere))


def test_one_small_text_for_all_is_held_against_the_models_own(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    same = {"calibration__source": "file", "calibration__path": path}
    windows = prepared(model, **same, recovery__source="file", recovery__path=path)
    own = TextGenerator(loader(model), tmp_path / "other", 16, 0, silent, ChatTemplate.of(load_tokenizer(model.path)))
    assert torch.equal(windows.elsewhere[0], next(own.windows("elsewhere", 3)))


def test_no_text_left_for_recovery_is_refused(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path, documents=14))
    source = {"calibration__source": "file", "calibration__path": path}
    with pytest.raises(BadInput, match=r"no text left in .* for recovery"):
        prepared(model, **source, recovery__source="file", recovery__path=path, calibration__heldout_windows=16)


def test_a_window_longer_than_the_models_context_is_refused(model: ModelFolder) -> None:
    with pytest.raises(BadInput, match="context is 256 tokens"):
        prepared(model, calibration__window_length=300)


def test_previews_are_readable(tmp_path: Path, model: ModelFolder) -> None:
    path = str(text_file(tmp_path))
    windows = prepared(model, calibration__source="file", calibration__path=path, calibration__window_length=64)
    assert len(windows.preview) == 3
    assert windows.preview[0].startswith("Text ")


def test_writing_can_be_stopped_and_goes_on(model: ModelFolder, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    said: list[float] = []

    def stopping(_message: str, done: float, _total: float) -> None:
        said.append(done)
        if done > 8 * BLOCK:
            raise Stopped

    def generator(report: Callable[[str, float, float], None], load: object = None) -> TextGenerator:
        return TextGenerator(load or loader(model), tmp_path / "texts", 12, 0, report)  # type: ignore[arg-type]

    with pytest.raises(Stopped):
        list(zip(range(9 * BLOCK), generator(stopping).windows("calibration", 9 * BLOCK), strict=False))
    written = list(islice(generator(silent, never).windows("calibration", 1), 8 * BLOCK))
    assert len(written) == 8 * BLOCK
    assert said == sorted(said)


def test_a_window_is_the_same_however_many_are_written_with_it(model: ModelFolder, tmp_path: Path) -> None:
    def first_block(count: int) -> torch.Tensor:
        generator = TextGenerator(loader(model), tmp_path / str(count), 12, 0, silent)
        return torch.stack(list(islice(generator.windows("recovery", count), BLOCK)))

    assert torch.equal(first_block(1), first_block(3 * BLOCK))


def test_fewer_windows_are_written_at_once_where_memory_runs_out(model: ModelFolder, tmp_path: Path) -> None:
    dense, tokenizer = loader(model)()
    batches: list[int] = []

    def small_memory(_module: object, _args: object, given: dict[str, torch.Tensor]) -> None:
        batches.append(len(given["input_ids"]))
        if batches[-1] > 2 * BLOCK:
            raise torch.OutOfMemoryError

    dense.register_forward_pre_hook(small_memory, with_kwargs=True)
    generator = TextGenerator(lambda: (dense, tokenizer), tmp_path / "texts", 4, 0, silent)
    assert len(list(islice(generator.windows("recovery", 6 * BLOCK), 6 * BLOCK))) == 6 * BLOCK
    assert [batch // BLOCK for batch in batches if batch > 2 * BLOCK] == [6, 3]


def test_streams_differ(model: ModelFolder, tmp_path: Path) -> None:
    generator = TextGenerator(loader(model), tmp_path / "texts", 12, 0, silent)
    one, other = (next(generator.windows(stream, 1)) for stream in ("calibration", "heldout"))
    assert not torch.equal(one, other)


def generators(count: int) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(number) for number in range(count)]


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.floats(0.1, 3.0))
def test_tokens_are_sampled_in_proportion_to_their_probabilities(values: list[float], temperature: float) -> None:
    logits = torch.tensor([values])
    even = (torch.arange(2000) + 0.5) / 2000
    counted = sampled(logits.expand(2000, -1), even, temperature).bincount(minlength=len(values)) / 2000
    assert torch.allclose(counted, torch.softmax(logits[0] / temperature, -1), atol=2e-3)


def test_where_a_text_ends_the_next_begins(model: ModelFolder) -> None:
    dense, tokenizer = loader(model)()
    windows = write_windows(dense, 48, [document_script(dense, tokenizer)] * 64, generators(64), lambda _done: None)
    begin, end = tokenizer.bos_token_id, tokenizer.eos_token_id
    assert (windows[:, 0] == begin).all()
    ended = (windows[:, :-1] == end).nonzero()
    assert len(ended) > 0
    assert all(windows[row, column + 1] == begin for row, column in ended)


def test_tokens_are_sampled_as_from_a_forward_over_the_whole_text(model: ModelFolder) -> None:
    """The KV cache gives the same distribution, so the same draws pick the same tokens."""
    dense, tokenizer = loader(model)()
    script = document_script(dense, tokenizer)
    windows = write_windows(dense, 24, [script] * 8, generators(8), lambda _done: None)
    draws = torch.stack([torch.rand(24, generator=each, dtype=torch.float64) for each in generators(8)])
    with torch.no_grad():
        logits = dense(input_ids=windows, use_cache=False).logits
    expected = torch.stack([sampled(logits[:, place - 1], draws[:, place]) for place in range(1, 24)], dim=1)
    free = ~torch.isin(windows[:, :-1], torch.tensor([tokenizer.eos_token_id]))
    assert free.any()
    assert torch.equal(windows[:, 1:][free], expected[free])


def test_every_second_window_continues_an_opening(model: ModelFolder, tmp_path: Path) -> None:
    tokenizer = load_tokenizer(model.path)
    generator = TextGenerator(loader(model), tmp_path / "texts", 400, 0, silent)
    windows = [str(tokenizer.decode(window)) for window in islice(generator.windows("calibration", 4), 4)]
    opened = [any(window.startswith(text[:20]) for text in document_openings()) for window in windows]
    assert opened == [False, True, False, True]


@given(st.integers(0, 2**31 - 1))
def test_streams_that_measure_share_no_opening_with_those_that_learn(seed: int) -> None:
    def openings(stream: str) -> set[str]:
        return {text for number in range(100) for text in islice(openings_of(stream, seed, number), 8)}

    assert openings("calibration") | openings("recovery") == openings("recovery")
    assert openings("heldout").isdisjoint(openings("calibration"))
    assert openings("validation").isdisjoint(openings("recovery"))
    assert openings("heldout") | openings("recovery") == set(document_openings())


@given(st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), max_size=30), st.integers(0, 9))
def test_only_distinct_windows_are_gathered(windows: list[list[int]], count: int) -> None:
    found = DistinctWindows(2).of((torch.tensor(window) for window in windows), count)
    unique = list(dict.fromkeys(map(tuple, windows)))
    assert [tuple(row) for row in found.tolist()] == unique[:count]


def test_packed_windows_are_the_documents_one_after_the_other() -> None:
    tokenizer = tiny_tokenizer()
    windows = list(PackedText(iter(["abcd", "ef", "ghijkl"]), tokenizer, 5).windows())
    text = "".join(tokenizer.decode(window) for window in windows)
    assert text == "<s>abcd</s><s>ef</s><s>ghij"
    assert all(len(window) == 5 for window in windows)


def test_the_digest_is_of_shape_and_tokens() -> None:
    tokens = torch.arange(12)
    assert windows_digest(tokens.view(3, 4)) == windows_digest(tokens.view(3, 4).clone())
    assert windows_digest(tokens.view(3, 4)) != windows_digest(tokens.view(4, 3))


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "name", ["dolly_hhrlhf_small/train.jsonl", "c4_sample/c4_300.jsonl", "wikitext2/wiki.test.raw"]
)
def test_real_texts_are_read(tmp_path: Path, model: ModelFolder, name: str) -> None:
    if not (SHARED / name).is_file():
        pytest.skip("the shared data folder is not beside the checkout")
    path = SHARED / name
    if path.suffix == ".raw":
        path = tmp_path / "wiki.txt"
        path.write_bytes((SHARED / name).read_bytes())
    windows = prepared(
        model,
        never,
        calibration__source="file",
        calibration__path=str(path),
        recovery__enabled=False,
        compensation__enabled=False,
        calibration__windows=64,
        calibration__window_length=128,
    )
    assert windows.calibration.shape == (64, 128)
