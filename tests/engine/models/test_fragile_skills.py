"""A warning for models that reason or call tools, in every form in which a chat template is stored."""

import json
from pathlib import Path

import pytest

from engine.models.fragile_skills import fragile_skills_note

THINKING, TOOLS = "{% if enable_thinking %}<think>{% endif %}", "{% for tool in tools %}{{ tool }}{% endfor %}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chat_template.jinja", THINKING),
        ("additional_chat_templates/rag.jinja", THINKING),
        ("chat_template.json", json.dumps({"chat_template": THINKING})),
        ("tokenizer_config.json", json.dumps({"chat_template": THINKING})),
        ("tokenizer_config.json", json.dumps({"chat_template": [{"name": "default", "template": THINKING}]})),
    ],
)
def test_every_place_of_a_template_is_read(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content)
    note = fragile_skills_note(tmp_path)
    assert note.startswith("By its chat template, this model reasons step by step: removing layers hurts such skills")
    assert "https://arxiv.org/abs/2510.22228" in note


def test_both_skills_are_named(tmp_path: Path) -> None:
    (tmp_path / "chat_template.jinja").write_text(THINKING + TOOLS)
    assert "this model reasons step by step and calls tools:" in fragile_skills_note(tmp_path)


@pytest.mark.parametrize("content", ["{}", "[]", '{"chat_template": 3}', "{", '{"chat_template": "{{ messages }}"}'])
def test_other_models_get_no_warning(content: str, tmp_path: Path) -> None:
    (tmp_path / "tokenizer_config.json").write_text(content)
    assert fragile_skills_note(tmp_path) == ""
    assert fragile_skills_note(tmp_path / "nowhere") == ""
