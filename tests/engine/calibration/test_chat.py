"""Conversations in the form that the model knows, read from data sets and written by the model itself."""

from pathlib import Path

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import BLOCK, TextGenerator, write_windows
from engine.calibration.packing import PackedText
from engine.calibration.script import chat_script
from engine.calibration.turns import Conversation, Turn, turns_of
from engine.models.progress import silent
from tests.engine.recovery.cases import dense_model
from tests.engine.tiny_models import tiny_tokenizer

MARKED = (
    "{{ bos_token }}{% for message in messages %}"
    "[{{ message['role'] }}]{{ message['content'] }}{{ eos_token }}"
    "{% endfor %}"
)
ASKED = Conversation((Turn("user", "Why?"), Turn("assistant", "So.")))


def tokenizer(template: str | None = MARKED) -> PreTrainedTokenizerBase:
    made = tiny_tokenizer()
    made.chat_template = template
    return made


def packed(conversation: Conversation, template: str | None) -> str:
    made = tokenizer(template)
    text = PackedText(iter([conversation] * 8), made, 8, ChatTemplate.of(made))
    return "".join(made.decode(window) for window in text.windows())


def test_a_conversation_goes_through_the_template_with_no_marks_of_ours() -> None:
    assert packed(ASKED, MARKED).startswith("<s>[user]Why?</s>[assistant]So.</s><s>[user]Why?</s>")


def test_without_a_template_it_is_plain_text() -> None:
    assert packed(ASKED, None).startswith("<s>Why?\n\nSo.</s><s>Why?")


def test_roles_that_the_template_refuses_are_plain_text() -> None:
    strict = "{% if messages[0]['role'] != 'user' %}{{ raise_exception('no') }}{% endif %}" + MARKED
    told = Conversation((Turn("tool", "42"), Turn("assistant", "So.")))
    assert packed(told, strict).startswith("<s>42\n\nSo.</s>")
    assert packed(ASKED, strict).startswith("<s>[user]Why?</s>[assistant]So.</s>")


CALL = {"function": {"name": "weather", "arguments": '{"city": "Rome"}'}}
TOOLS = Conversation(
    tuple(
        turns_of(
            [
                {"role": "user", "content": "Warm?"},
                {"role": "assistant", "content": None, "tool_calls": [CALL]},
                {"role": "tool", "content": "sun", "tool_call_id": "1"},
            ]
        )
    ),
    tools=({"name": "weather"},),
)
CALLING = (
    "{% for tool in tools or [] %}<{{ tool.name }}>{% endfor %}{% for message in messages %}[{{ message.role }}]"
    "{{ message.content }}{% for call in message.tool_calls or [] %}{{ call.function.name }}"
    "{% for name, value in call.function.arguments|items %} {{ name }}={{ value }}{% endfor %}{% endfor %}{% endfor %}"
)
AS_TEXT = '{"name": "weather", "arguments": {"city": "Rome"}}'


def rendered(template: str) -> str | None:
    found = ChatTemplate.of(tokenizer(template))
    assert found is not None
    return found.text(TOOLS)


def test_a_template_that_knows_tools_takes_their_calls_as_they_are() -> None:
    assert rendered(CALLING) == "<weather>[user]Warm?[assistant]weather city=Rome[tool]sun"


def test_a_template_that_wants_the_arguments_as_a_string_gets_them_so() -> None:
    strict = CALLING.replace(
        "{% for name, value in call.function.arguments|items %} {{ name }}={{ value }}{% endfor %}", ""
    )
    strict = strict.replace("{{ call.function.name }}", "{{ call.function.name + call.function.arguments }}")
    assert rendered(strict) == '<weather>[user]Warm?[assistant]weather{"city": "Rome"}[tool]sun'


@pytest.mark.parametrize("refuses", ["", "{{ raise_exception('no tools') if messages[1].tool_calls or tools }}"])
def test_where_a_template_writes_nothing_of_a_call_its_text_stays(refuses: str) -> None:
    plain = refuses + "{% for message in messages %}[{{ message.role }}]{{ message.content }}{% endfor %}"
    assert rendered(plain) == f"[user]Warm?[assistant]{AS_TEXT}[tool]sun"


def test_without_a_template_the_text_of_a_call_stays() -> None:
    assert packed(TOOLS, None).startswith("<s>Warm?\n\n" + AS_TEXT[:20])


@pytest.mark.parametrize("template", [None, "", "nothing of it", "{{ raise_exception('never') }}"])
def test_a_template_that_takes_no_question_and_answer_is_none(template: str | None) -> None:
    assert ChatTemplate.of(tokenizer(template)) is None


def test_what_stands_around_the_turns_is_found() -> None:
    found = ChatTemplate.of(tokenizer())
    assert found is not None
    assert (found.opening(), found.reply()) == ("<s>[user]", "</s>[assistant]")


def written(length: int = 60, count: int = 24) -> list[str]:
    made = tokenizer()
    generators = [torch.Generator().manual_seed(number) for number in range(count)]
    template = ChatTemplate.of(made)
    assert template is not None
    script = chat_script(dense_model(), made, template, length)
    windows = write_windows(dense_model(), length, [script] * count, generators, lambda _done: None)
    assert windows.shape == (count, length)
    return [str(made.decode(window)) for window in windows]


def test_the_model_writes_the_users_turn_too_and_then_answers() -> None:
    texts = written()
    assert all(text.startswith("<s>[user]") for text in texts)
    turned = [text.removeprefix("<s>[user]").partition("</s>")[2] for text in texts if "</s>" in text[9:-12]]
    assert turned
    assert all(rest.startswith("[assistant]") for rest in turned)


def test_after_an_answer_another_conversation_begins() -> None:
    made = tokenizer()
    template = ChatTemplate.of(made)
    assert template is not None
    script = chat_script(dense_model(), made, template, length=100)
    opening, reply = (tuple(made(text, add_special_tokens=False)["input_ids"]) for text in ("<s>[user]", "[assistant]"))
    end = made.eos_token_id
    assert script.parts[0] == opening
    assert script.after(0, end) == reply
    assert script.after(1, end) == opening
    assert script.after(0, opening[1]) is None


TALKATIVE = (
    "{{ bos_token }}You are a machine that has a lot to say about itself before anybody asks.{{ eos_token }}"
    "{% for message in messages %}[{{ message['role'] }}]{{ message['content'] }}{{ eos_token }}{% endfor %}"
)


@pytest.mark.parametrize(("length", "begins"), [(1000, "<s>You are a machine"), (100, "<s>[user]")])
def test_what_a_template_says_of_itself_is_left_out_of_short_windows(length: int, begins: str) -> None:
    made = tokenizer(TALKATIVE)
    template = ChatTemplate.of(made)
    assert template is not None
    script = chat_script(dense_model(), made, template, length)
    assert str(made.decode(script.parts[0])).startswith(begins)
    assert str(made.decode(script.parts[0])).endswith("[user]")


def test_it_is_kept_apart_from_documents_in_the_cache(tmp_path: Path) -> None:
    made = tokenizer()
    writers = [
        TextGenerator(lambda: (dense_model(), made), tmp_path, 12, 0, silent, template)
        for template in (None, ChatTemplate.of(made))
    ]
    plain, chat = (next(writer.windows("recovery", 1)) for writer in writers)
    assert not torch.equal(plain, chat)
    kept = writers[1].kept("recovery")
    assert kept is not None
    assert kept.shape == (BLOCK, 12)
    assert torch.equal(kept[0], chat)
