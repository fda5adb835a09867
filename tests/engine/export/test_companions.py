"""What is copied beside the weights, what stays behind, and what the config says of them."""

import json
from pathlib import Path

import pytest

from engine.api.events import ExportVerified
from engine.export.companions import copy_companions
from engine.models.companion_files import is_licence
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported, saved
from tests.engine.tiny_models import save_tiny


def put(folder: Path, *names: str, content: str = "{}") -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def held(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_what_belongs_to_the_model_is_copied_from_its_subfolders_too(tmp_path: Path) -> None:
    names = {"merges.txt", "additional_chat_templates/rag.jinja", "qformer_tokenizer/vocab.txt", "LICENSE"}
    source = put(tmp_path / "source", *names, "._merges.txt", "runs/events.json", "README.md")
    (source / "merges.txt").chmod(0o400)
    copy_companions(source, put(tmp_path / "target", "other.json"))
    assert held(tmp_path / "target") == names | {"other.json"}
    assert {oct((tmp_path / "target" / name).stat().st_mode & 0o777) for name in names} == {"0o644"}


def test_what_is_there_stays_and_only_what_is_wanted_is_copied(tmp_path: Path) -> None:
    source = put(tmp_path / "source", "LICENSE", "NOTICE", "tokenizer.json")
    target = put(tmp_path / "target", "LICENSE", content="its own")
    copy_companions(source, target, is_licence)
    assert held(target) == {"LICENSE", "NOTICE"}
    assert (target / "LICENSE").read_text() == "its own"


def test_what_training_and_other_forms_leave_beside_a_model_stays_behind(tmp_path: Path) -> None:
    source = saved("llama", tmp_path / "dense")
    exported(source, (1,), tmp_path / "plain")
    left = ("._tokenizer.json", "trainer_state.json", "hf_quant_config.json", "params.json", "runs/events.json")
    put(source.path, *left)
    exported(source, (1,), tmp_path / "small")
    assert held(tmp_path / "small") == held(tmp_path / "plain")


@pytest.mark.parametrize("sharded", [True, False])
def test_weights_under_another_name_are_exported_under_the_usual_one(sharded: bool, tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "dense", max_shard_size="60KB" if sharded else "5GB")
    usual, own = (f"{name}.safetensors{'.index.json' * sharded}" for name in ("model", "hf"))
    (tmp_path / "dense" / usual).rename(tmp_path / "dense" / own)
    config = json.loads((tmp_path / "dense" / "config.json").read_text())
    (tmp_path / "dense" / "config.json").write_text(json.dumps(config | {"transformers_weights": own}))
    (tmp_path / "dense" / "model.safetensors").write_bytes(b"another form")
    source = resolve_source(str(tmp_path / "dense"), "main", silent)
    events = exported(source, (1,), tmp_path / "small")
    assert all(event.passed for event in events if isinstance(event, ExportVerified))
    assert (tmp_path / "small" / usual).is_file()
    assert "transformers_weights" not in json.loads((tmp_path / "small" / "config.json").read_text())
