"""A format of another distribution: installed from the text of docs/adding_a_format.md, and broken ones."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.api.errors import BadInput
from engine.api.export_targets import _installed, export_target, export_targets, read_format, target_faults
from engine.export.targets.registry import found_targets, writer_of
from tests.engine.tiny_models import LAYERS, save_tiny

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "adding_a_format.md"
RECORD = """from engine.api.export_target import ExportTarget, Precision
T = ExportTarget(key={key!r}, title="T", explanation="E.", precisions=({precisions}), writer={writer!r}, made_for="m",
                 usage="u")
"""
GOOD = {"key": "odd", "precisions": 'Precision(key="f32", title="32 bit", bits=32.0),', "writer": "odd_writer:Writer"}


def package_of_the_docs(folder: Path) -> Path:
    """Write the package whose files the page shows, each beginning with its name in a comment."""
    for content in re.findall(r"^```(?:toml|python)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S):
        name = content.partition("\n")[0].removeprefix("# ")
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def run(*command: str, paths: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(paths)])}
    return subprocess.run([sys.executable, "-m", *command], env=environment, capture_output=True, text=True)


def test_the_package_of_the_docs_is_installed_and_exports_a_model(tmp_path: Path) -> None:
    source, installed = package_of_the_docs(tmp_path / "layerswarm-npz"), tmp_path / "installed"
    pip = ("pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(installed))
    done = run(*pip, str(source), paths=installed)
    assert done.returncode == 0, done.stderr
    save_tiny("llama", tmp_path / "model")

    listed = run("engine.cli.main", "formats", paths=installed)
    assert "npz   All weights in one .npz file" in listed.stdout

    model, out = str(tmp_path / "model"), tmp_path / "out"
    options = ("--remove", "1,3", "--to", str(out), "--format", "npz:f16")
    exported = run("engine.cli.main", "prune", model, *options, paths=installed)
    assert exported.returncode == 0, exported.stderr
    (archive,) = out.glob("*.npz")
    with np.load(archive) as weights:
        layers = {name.split(".")[2] for name in weights if name.startswith("model.layers.")}
        assert layers == {str(layer) for layer in range(LAYERS - 2)}
        assert all(weights[name].dtype == np.float16 for name in weights)
    manifest = json.loads((out / "layerswarm.json").read_text())
    assert manifest["file_format"] == "npz:f16"
    assert [check["check"] for check in manifest["checks"]] == ["tensors", "weights"]
    assert "numpy.load" in (out / "README.md").read_text()


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed distributions with one that registers a format."""
    info = tmp_path / "odd_format-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-format\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[layerswarm.export_targets]\nodd = odd_format:T\n")
    monkeypatch.syspath_prepend(tmp_path)
    _installed.cache_clear()
    yield tmp_path
    _installed.cache_clear()
    writer_of.cache_clear()
    for module in ("odd_format", "odd_writer"):
        sys.modules.pop(module, None)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("T = 7", "it is of type int, not an ExportTarget"),
        ("import nowhere_to_be_found", "odd_format:T fails with ModuleNotFoundError: .*nowhere_to_be_found"),
        (RECORD.format(**{**GOOD, "key": "Odd!"}), "its key 'Odd!' must be lower case"),
        (RECORD.format(**{**GOOD, "key": "gguf"}), "another format has the key 'gguf' already"),
        (RECORD.format(**{**GOOD, "writer": "odd"}), "its writer 'odd' must be written 'module:name'"),
        (RECORD.format(**{**GOOD, "precisions": ""}), "it needs at least one precision"),
        (RECORD.format(**{**GOOD, "precisions": "1,"}), r"its record is wrong \(.*precisions"),
    ],
)
def test_a_broken_record_is_left_out_with_one_sentence(record: str, reason: str, odd: Path) -> None:
    (odd / "odd_format.py").write_text(record)
    assert [target.key for target in export_targets()].count("gguf") == 1
    (sentence,) = target_faults()
    assert re.search(
        f"odd-format registers 'odd' in layerswarm.export_targets, which cannot be used: {reason}", sentence
    )
    with pytest.raises(BadInput, match=r"There is no export format 'oddity'; .*odd-format registers 'odd'"):
        read_format("oddity")


@pytest.mark.parametrize(
    ("writer", "reason"),
    [
        ("", "fails with AttributeError: .*Writer"),
        ("import nowhere_to_be_found", "fails with ModuleNotFoundError"),
        ("class Writer:\n    def missing(self, p, l): return ''", "has no method 'unverifiable'"),
    ],
)
def test_a_broken_writer_is_one_sentence_and_the_other_formats_work(writer: str, reason: str, odd: Path) -> None:
    (odd / "odd_format.py").write_text(RECORD.format(**GOOD))
    (odd / "odd_writer.py").write_text(writer)
    assert export_target("odd").provider == "odd-format"
    assert target_faults() == ()
    with pytest.raises(BadInput, match=f"The format 'odd' of odd-format cannot be used: its writer .* {reason}"):
        writer_of("odd")
    found = {target.target: target for target in found_targets(None, "")}
    assert not found["odd"].available
    assert "odd-format" in found["odd"].needs
    assert found["safetensors_text"].available
