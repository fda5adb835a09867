"""The Modelfile has the model's own chat template in Ollama's language, or leaves it to Ollama."""

from pathlib import Path
from typing import Any

import pytest
from tokenizers.processors import TemplateProcessing
from transformers import PreTrainedTokenizerBase

from engine.calibration.turns import Turn
from engine.export.ollama import MODELFILE, turn_texts, write_modelfile
from tests.engine.tiny_models import tiny_tokenizer

CHATML = (
    "{% for message in messages %}"
    "{% if loop.first and message['role'] != 'system' %}<|im_start|>system\nYou help.<|im_end|>\n{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
HEADERS = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|start|>' + message['role'] + '<|end|>\n\n' + message['content'] | trim + '<|eot|>' }}{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant<|end|>\n\n{% endif %}"
)
BRACKETS = (
    "{% for message in messages %}{% if message['role'] == 'system' %}{{ '<<SYS>>' + message['content'] }}"
    "{% elif message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
    "{% else %}{{ ' ' + message['content'] + eos_token }}{% endif %}{% endfor %}"
)
MERGED = (  # the system's words are part of the first question
    "{% if messages[0]['role'] == 'system' %}{% set first = messages[0]['content'] + '\n\n' %}"
    "{% set rest = messages[1:] %}{% else %}{% set first = '' %}{% set rest = messages %}{% endif %}"
    "{% for message in rest %}<turn>{{ message['role'] }}\n{% if loop.first %}{{ first }}{% endif %}"
    "{{ message['content'] }}</turn>\n{% endfor %}{% if add_generation_prompt %}<turn>model\n{% endif %}"
)
NO_SYSTEM = "{% for message in messages %}{% if message['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}"
SHORTENED = (  # thoughts of earlier answers are left out, as by models that think
    "{% for message in messages %}<{{ message['role'] }}>{% if message['role'] == 'assistant' and not loop.last %}"
    "{{ message['content'][:3] }}{% else %}{{ message['content'] }}{% endif %}{% endfor %}"
)


def tokenizer(template: str = "", begin: str = "<s>", adds_begin: bool = False) -> PreTrainedTokenizerBase:
    made = tiny_tokenizer()
    made.chat_template = template or None
    made.add_special_tokens({"bos_token": begin, "eos_token": "</s>"})
    if adds_begin:
        pieces = {"single": f"{begin} $A", "special_tokens": [(begin, made.bos_token_id)]}
        made.backend_tokenizer.post_processor = TemplateProcessing(**pieces)
    return made


@pytest.mark.parametrize("adds_begin", [False, True], ids=["begin-written", "begin-added"])
@pytest.mark.parametrize("begin", ["<s>", "<|im_start|>"])
@pytest.mark.parametrize("template", [CHATML, HEADERS, BRACKETS], ids=["chatml", "headers", "brackets"])
def test_conversations_are_written_as_the_models_template_writes_them(
    template: str, begin: str, adds_begin: bool
) -> None:
    """SmolLM's turns begin with its first token, which its tokenizer does not add; Llama's are preceded by it."""
    made = tokenizer(template, begin, adds_begin)
    texts = turn_texts(made)
    assert texts is not None
    turns = [Turn("user", "Why?"), Turn("assistant", "So."), Turn("user", "Oh, {x}"), Turn("assistant", "Yes.")]
    for talk in (turns[:1], turns[:3], [Turn("system", "Be brief."), *turns[:3]]):
        messages = [{"role": turn.role, "content": turn.content} for turn in talk]
        wanted = made.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        assert texts.written(talk) == (str(wanted).removeprefix(begin) if adds_begin else wanted)


@pytest.mark.parametrize(
    "template",
    [pytest.param(MERGED, id="merged", marks=pytest.mark.slow), NO_SYSTEM, SHORTENED, ""],
    ids=[None, "refused", "shortened", "none"],
)
def test_a_template_that_pieces_cannot_write_is_left_to_ollama(template: str, tmp_path: Path) -> None:
    made = tokenizer(template)
    assert turn_texts(made) is None
    assert "# Ollama looks for the chat template in the file." in modelfile(tmp_path, made)


def test_a_token_that_every_runtime_adds_is_not_written_twice() -> None:
    for adds_begin in (False, True):
        texts = turn_texts(tokenizer(HEADERS, adds_begin=adds_begin))
        assert texts is not None
        assert texts.in_go().startswith("<s>") != adds_begin


def modelfile(folder: Path, made: PreTrainedTokenizerBase, context: int = 8192, **generation: Any) -> list[str]:
    write_modelfile(folder / "my model-27L-q8_0.gguf", made, generation, context)
    return (folder / MODELFILE).read_text().splitlines()


def test_the_template_is_in_ollamas_language(tmp_path: Path) -> None:
    lines = modelfile(tmp_path, tokenizer(CHATML))
    assert lines[0] == "FROM ./my model-27L-q8_0.gguf"
    assert "\n".join(lines[1:-1]) == (
        'TEMPLATE """{{ range .Messages }}'
        '{{ if eq .Role "system" }}<|im_start|>system\n{{ .Content }}<|im_end|>\n'
        '{{ else if eq .Role "user" }}<|im_start|>user\n{{ .Content }}<|im_end|>\n'
        '{{ else if eq .Role "assistant" }}<|im_start|>assistant\n{{ .Content }}<|im_end|>\n'
        '{{ end }}{{ end }}<|im_start|>assistant\n"""\n'
        'SYSTEM """You help."""'
    )


def test_parameters_are_the_models_own(tmp_path: Path) -> None:
    given = {"temperature": 0.6, "top_k": 20, "top_p": 0.95, "repetition_penalty": 1.1, "do_sample": True}
    lines = modelfile(tmp_path, tokenizer(), 2048, eos_token_id=[0, 10**9], min_p="0.1", **given)
    first = tokenizer().convert_ids_to_tokens(0)
    assert [line for line in lines if line.startswith("PARAMETER")] == [
        'PARAMETER stop "</s>"',
        f'PARAMETER stop "{first}"',
        "PARAMETER temperature 0.6",
        "PARAMETER top_k 20",
        "PARAMETER top_p 0.95",
        "PARAMETER repeat_penalty 1.1",
        "PARAMETER num_ctx 2048",
    ]


def test_text_that_would_end_the_template_is_not_written(tmp_path: Path) -> None:
    lines = modelfile(tmp_path, tokenizer(CHATML.replace("You help.", 'You """ help.')))
    assert lines[1] == "# Ollama looks for the chat template in the file."
