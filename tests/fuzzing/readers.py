"""The readers, each with files to begin from: whatever bytes a file holds, it is read or refused in a sentence."""

import json
import struct
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from gguf import GGUFWriter

from engine.api.edge_devices import edge_devices
from engine.api.editing import with_values
from engine.api.errors import LayerSwarmError
from engine.api.events import (
    BudgetResolved,
    CandidatesScored,
    DeviceChosen,
    LayerAnalysed,
    SearchFinished,
    encode_event,
)
from engine.api.journal import Journal, read_journal
from engine.api.mended_project import open_or_mend
from engine.api.project import PROJECT_FILE, Project
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.api.settings_file import read_settings
from engine.calibration.texts import table_texts
from engine.evaluation.row_files import read_rows
from engine.model_files.folder_content import read_json
from engine.model_files.safetensors_header import pack_header, read_header
from engine.model_files.weight_names import names_in_index, weights_entry
from engine.results.comparison import comparison
from engine.results.facts import facts
from engine.results.savings import savings
from engine.sources.gguf.header import read_gguf_header
from engine.sources.gguf.kinds import check_language_model
from engine.sources.gguf.parts import read_gguf


@dataclass(frozen=True)
class Reader:
    """One reader: the name of its file, what it does with it, and sound files to damage."""

    file: str
    read: Callable[[Path], object]
    seeds: tuple[bytes, ...]

    def answers(self, content: bytes, folder: Path) -> str:
        """Read a file with this content in ``folder`` and return the sentence of the refusal; empty for none.

        Any other exception is a fault of the reader, and passes through.
        """
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        try:
            self.read(path)
        except LayerSwarmError as error:
            sentence = str(error)
            assert sentence.strip()
            assert "\n" not in sentence.strip()
            return sentence
        return ""


def _journal(path: Path) -> None:
    state = RunState.replay(read_journal(path))
    list(facts(state))
    comparison(state).lines()
    savings(state, Settings().savings, edge_devices(()))
    Journal(path).close()
    assert not any(event.seq == 0 and "damaged" in str(event) for event in read_journal(path))


def _project(path: Path) -> None:
    for aside in path.parent.glob("*.damaged*"):
        aside.unlink()
    try:
        Project.open(path)
    finally:
        if path.read_bytes():
            project, _ = open_or_mend(path)
            assert project.read_only or Project.open(path).settings == project.settings


def _index(path: Path) -> None:
    names_in_index(read_json(path), path)


def _config(path: Path) -> None:
    weights_entry(read_json(path), lambda _name: True, path)


def _gguf(path: Path) -> None:
    read_gguf_header(path)
    check_language_model(read_gguf(path))


def _texts(path: Path) -> None:
    for _ in table_texts(path) or ():
        pass


def _json(content: object) -> bytes:
    return json.dumps(content).encode()


def _journal_seed() -> bytes:
    events = (
        DeviceChosen(seq=1, device="cpu", dtype="float32"),
        LayerAnalysed(
            seq=2, layer=1, block_influence=0.1, angular_distance=0.2, kl=0.3, perplexity=9.0, parameters=8, bytes=16,
            seconds=0.1,
        ),
        BudgetResolved(seq=3, layers=2, protected=(0,), prunable=(1, 2, 3), parameters=9, bytes=18),
        CandidatesScored(
            seq=4, model="m", calibration="c", level=0, removed=((1,), (1, 2)), kl=(0.1, 0.2), nll=(1.0, 2.0)
        ),
        SearchFinished(seq=5, removed=(1, 2), fitness=0.2, evaluations=9, layer_applications=99, seconds=1.0),
    )  # fmt: skip
    return b"".join(encode_event(event) + b"\n" for event in events)


def _settings() -> dict[str, Any]:
    return dict(msgspec.to_builtins(with_values(Settings(), {"search.seed": 7, "budget.layers": 3})))


def _gguf_seed() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.gguf"
        writer = GGUFWriter(file, "llama")
        writer.add_block_count(2)
        writer.add_context_length(64)
        writer.add_embedding_length(8)
        writer.add_head_count(2)
        writer.add_tokenizer_model("llama")
        writer.add_token_list(["<s>", "a", "b"])
        writer.add_token_scores([0.0, -1.0, -2.0])
        for name in ("token_embd.weight", "blk.0.attn_q.weight", "blk.1.attn_q.weight"):
            writer.add_tensor(name, np.zeros((8, 8), dtype=np.float32))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return file.read_bytes()


_TENSORS = {"a.weight": ("F32", (2, 3), 24), "b.weight": ("BF16", (4,), 8)}

READERS: Mapping[str, Reader] = {
    "project": Reader(PROJECT_FILE, _project, (_json({"format": 1, "settings": _settings()}), b'{"format": 99}')),
    "run's settings": Reader(
        "runs/0001-pso/settings.json",
        lambda path: Project.runs_of(path.parents[2])[0].settings,
        (_json(_settings()),),
    ),
    "settings": Reader(
        "settings.json", read_settings, (_json({"kind": "layerswarm settings", "settings": _settings()}),)
    ),
    "journal": Reader("events.jsonl", _journal, (_journal_seed(),)),
    "safetensors header": Reader(
        "model.safetensors",
        read_header,
        (pack_header(_TENSORS, {"format": "pt"}) + bytes(32), struct.pack("<Q", 2) + b"{}"),
    ),
    "GGUF metadata": Reader("model.gguf", _gguf, (_gguf_seed(),)),
    "index": Reader(
        "model.safetensors.index.json", _index, (_json({"weight_map": {"a": "model-00001-of-00002.safetensors"}}),)
    ),
    "config": Reader(
        "config.json", _config, (_json({"model_type": "llama", "transformers_weights": "x.safetensors"}),)
    ),
    "rows of texts": Reader("rows.jsonl", _texts, (b'{"text": "One."}\n{"text": "Two."}\n', b'[{"text": "One."}]')),
    "table of texts": Reader("rows.csv", _texts, (b"id,text\n1,One.\n2,Two.\n", b'text\n"A ""B"""\n')),
    "questions": Reader("test.jsonl", read_rows, (b'{"question": "2 + 2?", "answer": "#### 4"}\n',)),
}
