"""The engine's messages in the window's language."""

from pathlib import Path

import msgspec
import pytest

from engine.api.budget import resolve_budget
from engine.api.editing import with_values
from engine.api.errors import BadInput, quoted
from engine.api.evaluation_events import VARIANT_WORDS
from engine.api.event import message_logged, progressed
from engine.api.events import MessageLogged, RunFinished, decode_event, encode_event
from engine.api.message import Message, Template, ended, joined, template_of, worded
from engine.api.settings import BudgetSettings, Settings
from engine.model_files.first_look import check_at_first_look
from engine.pipeline.ending import Ending, conclude
from engine.pipeline.workers.messages import WorkerFailed, decoded_answer, encoded
from gui.project.error_words import words_for
from gui.project.settings_info import meaning_of
from gui.words.messages import message_words


def sent(event: MessageLogged | RunFinished) -> str:
    """Return the words of an event after it was written and read."""
    read = decode_event(encode_event(event))
    assert isinstance(read, MessageLogged | RunFinished)
    return message_words(read.message, read.template)


def recovery_is_off() -> MessageLogged:
    return message_logged("info", worded("Recovery is switched off; the {0} model stays.", VARIANT_WORDS["pruned"]))


def test_a_message_is_its_english_text() -> None:
    said = worded("Iteration {0} of {1}", 3, 15)
    assert said == "Iteration 3 of 15"
    assert recovery_is_off().message == "Recovery is switched off; the pruned model stays."
    assert sent(recovery_is_off()) == "Recovery is switched off; the pruned model stays."


@pytest.mark.usefixtures("german")
def test_it_is_worded_in_german_with_everything_in_it() -> None:
    assert sent(recovery_is_off()) == "Die Wiederherstellung ist abgeschaltet; das Modell „beschnitten“ bleibt."
    event = progressed("search", worded("Iteration {0} of {1}", 3, 15), 3, 15)
    assert message_words(event.message, event.template) == "Iteration 3 von 15"
    both = joined(worded("recovery helped"), worded("exported to {0}", "/a/b"), between="; ", end=".")
    assert message_words(both) == "die Wiederherstellung half; exportiert nach /a/b."


@pytest.mark.usefixtures("german")
def test_numbers_in_it_follow_the_language() -> None:
    with pytest.raises(BadInput) as refused:
        resolve_budget(BudgetSettings(percent=90.0), (1, 2), (10**6,) * 4, 4 * 10**6)
    assert "verlangt 3,6 MB weniger" in words_for(refused.value)
    assert "2,0 von 4,0 MB" in words_for(refused.value)
    assert message_words(worded("This plan takes about {0} by the estimate.", "2.5 s")).endswith("etwa 2,5 s.")


@pytest.mark.usefixtures("german")
def test_how_a_job_ended_is_worded_too() -> None:
    def refuse() -> Ending:
        raise BadInput(worded("All {0} layers are protected, so none can be removed; protect fewer.", 30))

    assert sent(conclude(refuse).event).startswith("Alle 30 Schichten sind geschützt")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty/readme.txt", b"Hello", "hat keine config.json; wählen Sie einen Ordner"),
        ("broken/config.json", b'{"model_type": "llama"', "config.json endet zu früh (abgeschnitten in Zeile 1)"),
        ("bare/config.json", b"{}", "hat eine config.json, aber keine Gewichte (model.safetensors)"),
        ("fake.gguf", b"Not found", "ist ein Text („Not found“) statt der Datei"),
        ("page.gguf", b"<!doctype html>", "ist eine Webseite statt der Datei"),
        ("tiny.safetensors", b"{}", "ist eine Datei eines Modells"),
        ("nothing here", None, "Es gibt kein Modell"),
    ],
)
def test_why_files_are_no_model_is_worded_too(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        check_at_first_look(str(file.parent if file.parent != tmp_path else file))
    assert words in words_for(refused.value)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    "template",
    [
        Template(text="A sentence of another version with {0}", values=("a value",)),
        Template(text="{0:>9999999999}", values=(1,)),
        Template(text="{0.__class__}", values=("a",)),
        Template(text="Iteration {0} of {1}", values=(1,)),
        Template(text="Recovery is switched off; the {0} model stays.", values=(Template(text="{0:>9999999999}"),)),
    ],
)
def test_a_template_that_cannot_be_used_leaves_the_english_text(template: Template) -> None:
    assert message_words("As it was written.", template) == "As it was written."


def test_thousands_are_set_apart_as_in_the_window_in_english_too() -> None:
    assert message_words(worded("{0:,} bytes, as predicted", 1234567)) == "1\u202f234\u202f567 bytes, as predicted"
    assert message_words(worded("exported to {0}", "a,123b")) == "exported to a,123b"


def test_a_journal_of_an_earlier_version_has_no_templates() -> None:
    read = decode_event(b'{"event":"message_logged","level":"info","message":"Old words."}')
    assert isinstance(read, MessageLogged)
    assert message_words(read.message, read.template) == "Old words."


@pytest.mark.usefixtures("german")
def test_what_a_library_reports_is_set_off_as_a_quotation() -> None:
    refused = BadInput(worded("The model in {0} cannot be loaded: {1}", "/m", ended(quoted(KeyError("no key.")))))
    assert words_for(refused) == "Das Modell in /m lässt sich nicht laden: „'no key.'“."
    ours = quoted(BadInput(worded("All {0} layers are protected, so none can be removed; protect fewer.", 2)))
    assert message_words(ours).startswith("Alle 2 Schichten")
    assert message_words(quoted(ValueError())) == "„ValueError“"


@pytest.mark.usefixtures("german")
def test_why_a_worker_is_left_out_is_worded_though_it_came_over_a_wire() -> None:
    answer = encoded(WorkerFailed(out_of_memory=False, reason=worded("its node is gone.").template))
    failed = decoded_answer(answer)
    assert isinstance(failed, WorkerFailed)
    assert failed.reason is not None
    words = worded("{0} is left out, and the others do its part: {1}", "cpu (2)", Message.of(failed.reason))
    assert message_words(words) == (
        "cpu (2) fällt aus, und die anderen übernehmen seinen Teil: sein Knoten ist verschwunden."
    )


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("search.seed", "x", 'search.seed kann nicht "x" sein, sondern nur eine ganze Zahl ab 0.'),
        ("search.population", 1, "sondern nur eine ganze Zahl von 2 bis 1\u202f024."),
        ("recovery.dropout", 1.5, "recovery.dropout kann nicht 1,5 sein, sondern nur eine Zahl ab 0 und unter 1."),
        ("recovery.learning_rate", 0, "sondern nur eine Zahl über 0 und höchstens 1."),
        ("recovery.enabled", 3, "sondern nur wahr oder falsch"),
        ("recovery.method", "other", "sondern nur local oder lora."),
        ("evaluation.tasks", "null", "sondern nur eine Liste."),
        ("evaluation.batch_sizes", [1, "b"], 'evaluation.batch_sizes[1] kann nicht "b" sein'),
        ("device.cluster", "a b", "sondern nur Text einer bestimmten Form."),
    ],
)
def test_a_settings_value_is_refused_in_words_of_our_own(key: str, value: object, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        with_values(Settings(), {key: value})
    sentence = words_for(refused.value)
    assert words in sentence
    assert sentence.endswith(meaning_of(key))


def test_no_token_is_in_the_values() -> None:
    ending = Ending("failed", worded("{0} is on this computer.", "hf_abcdefghijklmnop"), 1)
    assert b"abcdefghijkl" not in encode_event(ending.event)


def test_a_message_in_a_field_without_a_template_is_written_as_text() -> None:
    event = RunFinished(outcome="finished", message=worded("recovery helped"))
    assert msgspec.json.decode(encode_event(event))["message"] == "recovery helped"
    assert template_of("plain") is None
