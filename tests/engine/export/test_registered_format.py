"""A format of another distribution: installed from the text of docs/adding_a_format.md, and broken ones."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.export_targets import _installed, export_target, export_targets, read_format, target_faults
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from engine.export.targets.registry import _METHODS, found_targets, writer_of
from tests.engine.documented_package import install_documented_package, run_warm_python
from tests.engine.export.cases import saved
from tests.engine.tiny_models import LAYERS, save_tiny

pytestmark = pytest.mark.slow

RECORD = """from engine.api.export_target import ExportTarget, Precision
T = ExportTarget(key={key!r}, title="T", explanation="E.", precisions=({precisions}), writer={writer!r}, made_for="m",
                 usage="u")
"""
NAN = "Precision(key='f32', title='t', bits=float('nan')),"
BELOW = "Precision(key='f32', title='t', bits=32.0, allowed_kl=-1.0),"
GOOD = {"key": "odd", "precisions": 'Precision(key="f32", title="32 bit", bits=32.0),', "writer": "odd_writer:Writer"}


def test_the_package_of_the_docs_is_installed_and_exports_a_model(tmp_path: Path) -> None:
    installed = install_documented_package("adding_a_format.md", tmp_path)
    save_tiny("llama", tmp_path / "model")

    listed = run_warm_python("-m", "engine.cli.main", "formats", searched=installed)
    assert "npz   All weights in one .npz file" in listed.stdout

    model, out = str(tmp_path / "model"), tmp_path / "out"
    options = ("--remove", "1,3", "--to", str(out), "--format", "npz:f16")
    exported = run_warm_python("-m", "engine.cli.main", "prune", model, *options, searched=installed)
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
        (RECORD.format(**{**GOOD, "precisions": NAN}), "the bits per weight of a precision must be a number from 0"),
        (RECORD.format(**{**GOOD, "precisions": BELOW}), "the allowed_kl of a precision must be a number from 0"),
        (RECORD.format(**{**GOOD, "precisions": "1,"}), r"its record is wrong \(.*precisions"),
    ],
)
def test_a_broken_record_is_left_out_with_one_sentence(record: str, reason: str, odd: Path) -> None:
    (odd / "odd_format.py").write_text(record)
    assert [target.key for target in export_targets()].count("gguf") == 1
    (sentence,) = target_faults()
    assert re.search(
        f"odd-format registers 'odd' in layerswarm.export_targets, which cannot be used: \"?{reason}", sentence
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


def test_a_writer_that_raises_is_one_sentence_in_the_list_of_formats(odd: Path) -> None:
    methods = "\n".join(f"    def {name}(self, *_): raise OSError('no disk')" for name in _METHODS)
    (odd / "odd_format.py").write_text(RECORD.format(**GOOD))
    (odd / "odd_writer.py").write_text(f"class Writer:\n{methods}\n")
    (found,) = [target for target in found_targets(None, "") if target.target == "odd"]
    assert re.search(
        r"odd-format cannot be used: its writer odd_writer:Writer fails with OSError: .no disk.", found.needs
    )


WORKING = """
class Writer:
    def missing(self, precision, llama_cpp): return ""
    def unverifiable(self): return ""
    def refused(self, source, llama_cpp): return ""
    def rehearse(self, plan, precision): pass
    def write(self, job): (job.folder / "file").write_text("x")
    def verify(self, job): yield from ()
"""


@pytest.mark.parametrize(
    ("method", "body", "reason"),
    [
        (
            "missing(self, precision, llama_cpp)",
            "return None",
            r"missing\(\) \(.TypeError: it returns None and no text",
        ),
        ("rehearse(self, plan, precision)", "raise KeyError('x')", r"rehearse\(\) \(.KeyError: 'x'.\)"),
        ("write(self, job)", "raise SystemExit(0)", r"write\(\) \(.SystemExit: 0.\)"),
        ("write(self, job)", "raise RuntimeError('two\\nlines')", r"write\(\) \(.RuntimeError: two lines.\)"),
        ("verify(self, job)", "return None", r"verify\(\) \(.TypeError: "),
        ("verify(self, job)", "yield 'fine'", r"verify\(\) \(.TypeError: it yields a str and no ExportVerified"),
    ],
)
def test_a_writer_that_fails_at_work_is_one_sentence_with_its_distribution(
    method: str, body: str, reason: str, odd: Path
) -> None:
    (odd / "odd_format.py").write_text(RECORD.format(**GOOD))
    (odd / "odd_writer.py").write_text(f"{WORKING}    def {method}: {body}\n")
    request = ExportRequest(saved("llama", odd / "model"), (1, 3), odd / "out", (read_format("odd"),))
    with pytest.raises(LayerSwarmError, match=f"The format 'odd' of odd-format fails in {reason}"):
        export_formats(request, lambda _event: None)
    assert not (odd / "out").exists()


def test_a_full_disk_is_not_the_fault_of_the_writer(odd: Path) -> None:
    (odd / "odd_format.py").write_text(RECORD.format(**GOOD))
    (odd / "odd_writer.py").write_text(f"{WORKING}    def write(self, job): raise OSError(28, 'No space left')\n")
    request = ExportRequest(saved("llama", odd / "model"), (1, 3), odd / "out", (read_format("odd"),))
    with pytest.raises(LayerSwarmError, match=r"The export to .*out failed: No space left"):
        export_formats(request, lambda _event: None)
