"""A GGUF file without some of its blocks: the bytes of the others, and metadata that llama.cpp reads rightly."""

import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind
from gguf import GGUFReader, GGUFWriter

from engine.api.errors import BadInput
from engine.export.gguf_block_removal import prune_gguf
from engine.export.runtimes.answers import Answers, Question, Text
from engine.models.loading import load_model
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from engine.sources.resolve import original_gguf, resolve_source
from tests.engine.export.tokens import TOKENS
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import LAYERS, VOCABULARY, tiny_tokenizer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]

REMOVED = (0, 2, 5)
KEPT = (1, 3, 4)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "tiny.gguf"


def tensors(file: Path) -> dict[str, tuple[Kind, bytes]]:
    return {tensor.name: (tensor.tensor_type, tensor.data.tobytes()) for tensor in GGUFReader(file).tensors}


def metadata(file: Path) -> dict[str, object]:
    return {name: field.contents() for name, field in GGUFReader(file).fields.items() if not name.startswith("GGUF.")}


@pytest.mark.parametrize("kind", [Kind.F32, Kind.F16, Kind.Q8_0, Kind.Q4_0])
def test_the_blocks_that_stay_keep_every_byte(file: Path, kind: Kind) -> None:
    write_tiny_gguf(file, kind=kind)
    written = prune_gguf(file, REMOVED, file.with_name("small.gguf"))
    before, after = tensors(file), tensors(written.file)
    expected = {name: content for name, content in before.items() if not name.startswith("blk.")}
    for new, old in enumerate(KEPT):
        own = {name: content for name, content in before.items() if name.startswith(f"blk.{old}.")}
        expected |= {name.replace(f"blk.{old}.", f"blk.{new}."): content for name, content in own.items()}
    assert after == expected
    assert written.layers == len(KEPT)
    assert written.bytes == sum(len(content) for _, content in after.values())


def test_nothing_else_of_the_metadata_changes(file: Path) -> None:
    write_tiny_gguf(file)
    written = prune_gguf(file, REMOVED, file.with_name("small.gguf"))
    assert metadata(written.file) == metadata(file) | {"llama.block_count": len(KEPT)}
    parts = [(field.types, [part.dtype for part in field.parts]) for field in GGUFReader(file).fields.values()]
    assert parts == [(f.types, [part.dtype for part in f.parts]) for f in GGUFReader(written.file).fields.values()]


def test_it_computes_what_the_model_without_the_layers_computes(file: Path) -> None:
    write_tiny_gguf(file, kind=Kind.Q8_0)
    written = prune_gguf(file, REMOVED, file.with_name("small.gguf"))
    dense = load_model(resolve_source(str(file), "main", silent).path)
    remove_layers(dense, REMOVED)
    small = load_model(resolve_source(str(written.file), "main", silent).path)
    tokens = torch.randint(3, 250, (2, 20), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(small(tokens).logits, dense(tokens).logits)
    assert written.parameters == sum(parameter.numel() for parameter in small.parameters())


def test_windows_are_written_and_arrays_cut_in_the_file_itself(file: Path) -> None:
    write_blocks(file, "gemma3")
    written = prune_gguf(file, (1, 4), file.with_name("small.gguf"))
    found = metadata(written.file)
    assert found["gemma3.block_count"] == LAYERS - 2
    assert found["gemma3.attention.sliding_window_pattern"] == [True, True, True, False]
    assert found["gemma3.attention.head_count_kv"] == [0, 2, 3, 5]
    assert found["general.size_label"] == "4.1K"
    assert found["tokenizer.ggml.tokens"] == ["a", "b"]


def write_blocks(file: Path, architecture: str, **fields: int) -> None:
    """A file with the right names and nothing that could be computed with."""
    writer = GGUFWriter(file, architecture)
    writer.add_block_count(LAYERS)
    writer.add_sliding_window(8)
    writer.add_head_count_kv(list(range(LAYERS)))
    writer.add_token_list([b"a", b"b"])
    writer.add_size_label("1M")
    for name, value in fields.items():
        writer.add_uint32(name.replace("__", "."), value)
    for block in range(LAYERS):
        writer.add_tensor(f"blk.{block}.attn_q.weight", np.full((32, 32), block, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("kind", [Kind.F32, Kind.Q8_0])
def test_a_split_file_becomes_one_with_the_same_bytes(file: Path, kind: Kind) -> None:
    write_tiny_gguf(file, kind=kind)
    whole = prune_gguf(file, REMOVED, file.with_name("of-one.gguf"))
    write_tiny_gguf(file.with_name("split.gguf"), kind=kind, split_after=15)
    parts = sorted(file.parent.glob("split-*.gguf"))
    assert len(parts) == 4
    for number in (0, 2):
        written = prune_gguf(parts[number], REMOVED, file.with_name(f"of-part-{number}.gguf"))
        assert tensors(written.file) == tensors(whole.file)
        assert metadata(written.file) == metadata(whole.file)
        assert (written.layers, written.parameters, written.bytes) == (whole.layers, whole.parameters, whole.bytes)
    parts[3].unlink()
    with pytest.raises(BadInput, match=r"split-00004-of-00004\.gguf is not beside it"):
        prune_gguf(parts[0], REMOVED, file.with_name("small.gguf"))


def test_what_is_no_whole_file_is_refused(file: Path) -> None:
    target = file.with_name("small.gguf")
    write_blocks(file, "llama", split__count=2)
    with pytest.raises(BadInput, match="is part 1 of 2 of a split GGUF file, but its name does not show that"):
        prune_gguf(file, (1,), target)
    whole = file.read_bytes()
    for content in (b"", b"GGUF", b"not a model", whole[: len(whole) // 2]):
        file.write_bytes(content)
        with pytest.raises(BadInput, match=r"tiny\.gguf"):
            prune_gguf(file, (1,), target)
    assert not target.exists()


def test_nothing_is_overwritten_and_nothing_half_written_stays(file: Path) -> None:
    class StoppedByPersonError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedByPersonError

    write_tiny_gguf(file)
    with pytest.raises(BadInput, match="exists already"):
        prune_gguf(file, (1,), file)
    with pytest.raises(StoppedByPersonError):
        prune_gguf(file, (1,), file.with_name("small.gguf"), stop)
    with pytest.raises(BadInput, match="no layer 6"):
        prune_gguf(file, (6,), file.with_name("small.gguf"))
    assert [entry.name for entry in file.parent.iterdir() if entry.name != "cache"] == ["tiny.gguf"]


@pytest.mark.demo_model
def test_the_real_demo_model_without_three_blocks_is_what_three_layers_less_make_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = resolve_source("demo", "main", silent)
    written = prune_gguf(original_gguf(folder, silent), (20, 21, 22), tmp_path / "small.gguf")
    assert (written.layers, written.parameters) == (27, 123_894_720)
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    small = load_model(resolve_source(str(written.file), "main", silent).path)
    dense = load_model(folder.path)
    remove_layers(dense, (20, 21, 22))
    tokens = torch.randint(100, 40_000, (1, 24), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(small(tokens).logits, dense(tokens).logits)


def most_different(file: Path, model: torch.nn.Module) -> float:
    """Largest difference of a log-probability within and past the window, llama.cpp's against the model's."""
    tokens, plain = TOKENS[0].tolist(), tiny_tokenizer().convert_tokens_to_ids("a")
    question = Question("llama_cpp", str(file), [Text(tokens[:4], tokens[4:])], VOCABULARY, plain)
    command = [sys.executable, "-m", "engine.export.runtimes.child"]
    done = subprocess.run(command, input=msgspec.json.encode(question), capture_output=True, check=True)
    (likely,) = msgspec.json.decode(done.stdout, type=Answers).likely
    with torch.no_grad():
        expected = torch.log_softmax(model(input_ids=TOKENS[:1], use_cache=False).logits[0, 3:-1], -1)
    assert {len(told) for told in likely} == {VOCABULARY}
    return max(
        abs(row[token].item() - found) for row, told in zip(expected, likely, strict=True) for token, found in told
    )


@pytest.mark.parametrize(
    "family",
    ["llama", "gemma2", "gemma3", "cohere2", "olmo3", "qwen3", "llama3_rope", "qwen2_yarn", "qwen3_moe", "nemotron"],
)
def test_llama_cpp_computes_what_the_model_without_the_layers_computes(file: Path, family: str) -> None:
    pytest.importorskip("xllamacpp", reason="the package xllamacpp, an optional extra, is not here")
    model = write_tiny_gguf(file, family=family)
    small = prune_gguf(file, (1, 4), file.with_name("small.gguf"))
    remove_layers(model, (1, 4))
    assert most_different(small.file, model) < 0.02
