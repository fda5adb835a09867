"""An export reads and writes text as its source does, in whatever form the tokenizer comes; what is lost is noticed."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sentencepiece
import transformers

from engine.api.errors import LayerSwarmError
from engine.api.events import Event, ExportVerified
from engine.export import export
from engine.export.tokenizer_check import verify_tokenizer
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported
from tests.engine.tiny_models import save_tiny, tiny_tokenizer

pytestmark = pytest.mark.slow

TOOL_TEMPLATE = "{{ tools | length }} tools: {% for message in messages %}{{ message['content'] }}{% endfor %}"
Form = Callable[[Path], None]


def write_json(file: Path, **content: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content))


def without_tokenizer(folder: Path, family: str = "llama") -> Path:
    save_tiny(family, folder)
    for file in folder.iterdir():
        if "token" in file.name or file.suffix == ".jinja":
            file.unlink()
    return folder


def sentencepiece_model() -> bytes:
    model = io.BytesIO()
    lines = [f"def leg{number}(spider): return {number}  # über {number * 7}" for number in range(200)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=300,
        byte_fallback=True,
        model_type="bpe",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def as_tokenizer_json(folder: Path) -> None:
    tiny_tokenizer().save_pretrained(folder)


def with_templates_in_files(folder: Path) -> None:
    as_tokenizer_json(folder)
    (folder / "additional_chat_templates").mkdir()
    (folder / "additional_chat_templates" / "tool_use.jinja").write_text(TOOL_TEMPLATE)


def with_templates_in_the_config(folder: Path) -> None:
    as_tokenizer_json(folder)
    (folder / "chat_template.jinja").unlink()
    named = [{"name": "default", "template": "{{ messages }}"}, {"name": "tool_use", "template": TOOL_TEMPLATE}]
    config = json.loads((folder / "tokenizer_config.json").read_text())
    write_json(folder / "tokenizer_config.json", **config, chat_template=named)


def with_its_own_end_tokens(folder: Path) -> None:
    tokenizer = tiny_tokenizer()
    tokenizer.add_special_tokens({"eos_token": "<|im_end|>", "additional_special_tokens": ["<think>", "</think>"]})
    tokenizer.save_pretrained(folder)
    write_json(folder / "generation_config.json", eos_token_id=[259, 2], pad_token_id=0, bos_token_id=1)


def as_sentencepiece(folder: Path) -> None:
    (folder / "tokenizer.model").write_bytes(sentencepiece_model())
    write_json(folder / "tokenizer_config.json", tokenizer_class="LlamaTokenizer")


def as_sentencepiece_with_tokens_added_later(folder: Path) -> None:
    as_sentencepiece(folder)
    write_json(folder / "special_tokens_map.json", eos_token="</s>", additional_special_tokens=["<|im_end|>"])
    write_json(folder / "added_tokens.json", **{"<|im_end|>": 300, "<new>": 301})


def as_vocabulary_and_merges(folder: Path) -> None:
    write_json(folder / "vocab.json", **tiny_tokenizer().get_vocab(), ab=259, abc=260)
    (folder / "merges.txt").write_text("#version: 0.2\na b\nab c\n")
    write_json(folder / "tokenizer_config.json", tokenizer_class="GPT2Tokenizer")


def as_bytes(folder: Path) -> None:
    transformers.ByT5Tokenizer().save_pretrained(folder)


FORMS: dict[Form, list[str]] = {
    as_tokenizer_json: ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"],
    with_templates_in_files: ["chat_template.jinja", "additional_chat_templates/tool_use.jinja"],
    with_templates_in_the_config: ["tokenizer_config.json"],
    with_its_own_end_tokens: ["tokenizer_config.json", "tokenizer.json", "generation_config.json"],
    as_sentencepiece: ["tokenizer.model"],
    as_sentencepiece_with_tokens_added_later: ["special_tokens_map.json", "added_tokens.json"],
    as_vocabulary_and_merges: ["vocab.json", "merges.txt"],
    as_bytes: ["tokenizer_config.json"],
}
"""Each form, with files without which the tokenizer would be another one."""


def source_of(form: Form, folder: Path) -> ModelFolder:
    form(without_tokenizer(folder))
    return resolve_source(str(folder), "main", silent)


def verdict(events: list[Event]) -> ExportVerified:
    return next(event for event in events if isinstance(event, ExportVerified) and event.check == "tokenizer")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_tokenizer_is_exported_whole(form: Form, tmp_path: Path) -> None:
    source = source_of(form, tmp_path / "dense")
    found = verdict(exported(source, (1,), tmp_path / "small"))
    assert found.passed
    assert "as in the source" in found.detail
    old, new = (transformers.AutoTokenizer.from_pretrained(tmp_path / name) for name in ("dense", "small"))
    assert new.get_vocab() == old.get_vocab()
    assert new.chat_template == old.chat_template


@pytest.mark.parametrize(("form", "lost"), [(form, name) for form, names in FORMS.items() for name in names])
def test_every_file_that_is_lost_is_noticed(form: Form, lost: str, tmp_path: Path) -> None:
    source = without_tokenizer(tmp_path / "dense")
    form(source)
    copy = Path(shutil.copytree(source, tmp_path / "small"))
    assert verify_tokenizer(source, copy).passed
    (copy / lost).unlink()
    assert not verify_tokenizer(source, copy).passed


def edit(name: str, **fields: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = json.loads((folder / name).read_text())
        write_json(folder / name, **(content | fields))

    return change


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (edit("config.json", eos_token_id=3), "ids of the special tokens in config.json"),
        (edit("config.json", text_config={"pad_token_id": 5}), "ids of the special tokens in config.json"),
        (edit("generation_config.json", eos_token_id=[2, 7]), "ids of the special tokens in generation_config.json"),
        (edit("tokenizer_config.json", eos_token="<s>"), "special tokens"),
        (edit("tokenizer_config.json", model_max_length=8), "longest texts"),
        (edit("tokenizer_config.json", padding_side="left"), "sides of padding"),
        (edit("tokenizer.json", pre_tokenizer=None), "a sample text becomes other tokens"),
        (edit("tokenizer.json", decoder=None), "become another text"),
        (edit("tokenizer.json", model=3), "the source's can be loaded, the export's cannot"),
        (lambda folder: (folder / "chat_template.jinja").write_text("other"), "chat templates"),
        (lambda folder: (folder / "preprocessor_config.json").write_text("{}"), "preprocessor_config.json differs"),
    ],
)
def test_what_differs_is_named(damage: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    source = without_tokenizer(tmp_path / "dense")
    as_tokenizer_json(source)
    copy = Path(shutil.copytree(source, tmp_path / "small"))
    damage(copy)
    found = verify_tokenizer(source, copy)
    assert not found.passed
    assert words in found.detail


def test_an_export_that_lost_a_template_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(with_templates_in_files, tmp_path / "dense")
    real = export.write_companions

    def losing(*given: Any) -> None:
        real(*given)
        shutil.rmtree(given[2] / "additional_chat_templates")

    monkeypatch.setattr(export, "write_companions", losing)
    with pytest.raises(LayerSwarmError, match="did not pass its check 'Tokenizer': the chat templates differ"):
        exported(source, (1,), tmp_path / "small")
    assert [entry.name for entry in tmp_path.iterdir()] == ["dense"]


@pytest.mark.parametrize("family", ["llama", "qwen3"])
def test_a_model_without_a_tokenizer_is_exported_without_one(family: str, tmp_path: Path) -> None:
    """For the second family transformers makes up a tokenizer of no files."""
    source = resolve_source(str(without_tokenizer(tmp_path / "dense", family)), "main", silent)
    found = verdict(exported(source, (1,), tmp_path / "small"))
    assert (found.passed, found.detail) == (True, "the source has none")


def needing_its_own_code(folder: Path) -> None:
    (folder / "own.tiktoken").write_text("IQ== 0\n")
    own = {"AutoTokenizer": ["tokenization_own.OwnTokenizer", None]}
    write_json(folder / "tokenizer_config.json", tokenizer_class="OwnTokenizer", auto_map=own)


def test_a_tokenizer_that_needs_its_own_code_is_copied_and_its_files_compared(tmp_path: Path) -> None:
    source = source_of(needing_its_own_code, tmp_path / "dense")
    found = verdict(exported(source, (1,), tmp_path / "small"))
    assert found.passed
    assert "cannot be loaded here; its files are copied byte for byte" in found.detail
    (tmp_path / "small" / "own.tiktoken").write_text("IQ== 1\n")
    assert verify_tokenizer(source.path, tmp_path / "small").detail.startswith("own.tiktoken differs")
