"""A skeleton is shared by all who need it, and none of them changes it."""

from pathlib import Path

from engine.model_files.folder_content import read_json
from engine.models.loading import load_model
from engine.models.skeleton import build_skeleton
from tests.engine.tiny_models import save_tiny


def test_it_is_built_once_and_loading_leaves_it_as_it_is(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    config = read_json(tmp_path / "config.json")
    skeleton = build_skeleton(config)
    before = skeleton.config.to_dict()
    load_model(tmp_path)
    assert build_skeleton(dict(config)) is skeleton
    assert skeleton.config.to_dict() == before
    assert all(parameter.is_meta for parameter in skeleton.parameters())


def test_another_config_is_another_skeleton(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    config = read_json(tmp_path / "config.json")
    wider = build_skeleton({**config, "vocab_size": 2 * config["vocab_size"]})
    assert wider.config.vocab_size == 2 * build_skeleton(config).config.vocab_size
