"""Single weights in a file: written and read one at a time."""

import weakref
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from torch import Tensor

from engine.api.errors import BadInput, LayerSwarmError
from engine.model_files.safetensors_header import pack_header
from engine.models.weight_files import NUMBER_FORMATS, PlannedTensor, TensorFile, names_in, save_in_turn

SHAPES = st.lists(st.integers(0, 5), max_size=3)
KINDS = st.sampled_from(sorted(NUMBER_FORMATS))


def tensor_of(kind: str, shape: list[int]) -> Tensor:
    return torch.arange(torch.Size(shape).numel()).reshape(shape).to(NUMBER_FORMATS[kind])


@given(st.dictionaries(st.text("abc.", min_size=1), st.builds(tensor_of, KINDS, SHAPES), max_size=6))
def test_what_is_written_in_turn_is_what_safetensors_reads(
    tmp_path_factory: pytest.TempPathFactory, tensors: dict[str, Tensor]
) -> None:
    file = tmp_path_factory.mktemp("weights") / "some.safetensors"
    save_in_turn(file, {name: PlannedTensor.of(tensor) for name, tensor in tensors.items()}, {"format": "pt"})
    for found in (load_file(file), dict(TensorFile(file))):
        assert found.keys() == tensors.keys() == names_in(file)
        assert all(torch.equal(found[name], tensor) for name, tensor in tensors.items())
        assert all(found[name].dtype == tensor.dtype for name, tensor in tensors.items())


def test_only_one_tensor_exists_at_a_time(tmp_path: Path) -> None:
    made: list[weakref.ref[Tensor]] = []

    def make() -> Tensor:
        assert all(tensor() is None for tensor in made)
        tensor = torch.ones(4, 4)
        made.append(weakref.ref(tensor))
        return tensor

    planned = {str(number): PlannedTensor(torch.float32, (4, 4), make) for number in range(5)}
    save_in_turn(tmp_path / "many.safetensors", planned, {})
    assert len(made) == len(TensorFile(tmp_path / "many.safetensors")) == 5


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "merged.safetensors"
    save_in_turn(file, {"a": PlannedTensor.of(torch.ones(2))}, {})

    def fail() -> Tensor:
        raise RuntimeError("stopped")

    for wrong, words in ((fail, "stopped"), (lambda: torch.ones(3), "number format and shape")):
        with pytest.raises((RuntimeError, LayerSwarmError), match=words):
            save_in_turn(file, {"a": PlannedTensor(torch.float32, (2,), wrong)}, {})
        assert TensorFile(file)["a"].tolist() == [1, 1]
        assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_a_file_larger_than_memory_can_be_read(tmp_path: Path) -> None:
    file, rest = tmp_path / "large.safetensors", 1 << 40
    header = pack_header({"a": ("F32", (3,), 12), "b": ("F32", (rest // 4,), rest)}, {})
    with file.open("wb") as out:
        out.write(header + torch.ones(3).numpy().tobytes())
        out.truncate(len(header) + 12 + rest)
    assert names_in(file) == {"a", "b"}
    assert TensorFile(file)["a"].tolist() == [1, 1, 1]


def test_a_damaged_or_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "merged.safetensors"
    for words in ("is missing", "is damaged"):
        with pytest.raises(BadInput, match=words):
            TensorFile(file)
        assert names_in(file) == set()
        file.write_bytes(b"torn")


def test_a_changed_bit_is_found_when_the_tensor_is_read(tmp_path: Path) -> None:
    file = tmp_path / "some.safetensors"
    save_in_turn(file, {name: PlannedTensor.of(torch.ones(64)) for name in "ab"}, {"format": "pt"})
    content = bytearray(file.read_bytes())
    content[-1] ^= 1  # of the last tensor
    file.write_bytes(content)
    weights = TensorFile(file)
    assert torch.equal(weights["a"], torch.ones(64))
    with pytest.raises(BadInput, match=r"some\.safetensors is damaged"):
        weights["b"]
