"""A split GGUF model is read whole from any of its parts, or refused with what is missing."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.models.loading import load_model
from engine.models.progress import silent
from engine.sources.gguf.conversion import is_made_of
from engine.sources.gguf.parts import read_gguf
from engine.sources.model_cache import local_models
from engine.sources.resolve import original_gguf, resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import LAYERS

PARTS = [f"tiny-0000{number}-of-00003.gguf" for number in (1, 2, 3)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    (tmp_path / "split").mkdir()
    write_tiny_gguf(tmp_path / "split" / "tiny.gguf", split_after=20)
    assert sorted(file.name for file in (tmp_path / "split").iterdir()) == PARTS
    return tmp_path / "split"


def refusal(file: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(file), "main", silent)
    return str(caught.value)


def test_any_part_stands_for_the_whole_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.sources.model_cache.other_models", list)  # those of this computer
    write_tiny_gguf(folder.parent / "whole.gguf")
    whole = resolve_source(str(folder.parent / "whole.gguf"), "main", silent)
    folders = [resolve_source(str(folder / part), "main", silent) for part in PARTS]
    assert {each.name for each in folders} == {"tiny"}
    assert len({each.path for each in folders}) == 1
    assert folders[0].digest == whole.digest
    assert len(list(load_model(folders[0].path).model.layers)) == LAYERS
    assert not list(folders[0].path.glob("*.gguf"))
    assert {model.name for model in local_models()} == {"tiny", "whole"}


def test_the_original_is_all_parts(folder: Path) -> None:
    model = resolve_source(str(folder / PARTS[1]), "main", silent)
    assert original_gguf(model, silent) == folder / PARTS[1]
    assert is_made_of(model.path, folder / PARTS[2], silent)
    content = bytearray((folder / PARTS[2]).read_bytes())
    content[-1] ^= 1
    (folder / PARTS[2]).write_bytes(content)
    with pytest.raises(BadInput, match="no longer the GGUF file"):
        original_gguf(model, silent)
    (folder / PARTS[2]).unlink()
    with pytest.raises(BadInput, match=f"{PARTS[2]} is not beside it"):
        original_gguf(model, silent)


def test_links_are_followed_by_their_own_names(folder: Path) -> None:
    """The Hub's cache has links whose targets are named by hashes and lie elsewhere."""
    (folder.parent / "blobs").mkdir()
    for number, part in enumerate(PARTS):
        shutil.move(folder / part, folder.parent / "blobs" / f"hash{number}")
        os.symlink(folder.parent / "blobs" / f"hash{number}", folder / part)
    assert resolve_source(str(folder / PARTS[0]), "main", silent).name == "tiny"


def test_a_missing_part_is_named(folder: Path) -> None:
    (folder / PARTS[1]).unlink()
    for part in (PARTS[0], PARTS[2]):
        begins = f"{folder / part} is one of 3 parts of a GGUF file, and {PARTS[1]} is not beside it;"
        assert refusal(folder / part) == f"{begins} put all parts into one folder."
    (folder / PARTS[2]).unlink()
    assert f"{PARTS[1]} is not beside it (2 of 3 parts are missing)" in refusal(folder / PARTS[0])


def test_a_part_that_is_cut_short_is_named(folder: Path) -> None:
    whole = (folder / PARTS[1]).read_bytes()
    (folder / PARTS[1]).write_bytes(whole[:-200])
    assert f"{folder / PARTS[1]} is cut short at byte {len(whole) - 200:,} of" in refusal(folder / PARTS[0])
    (folder / PARTS[1]).write_bytes(b"")
    assert f"{folder / PARTS[1]} is empty" in refusal(folder / PARTS[0])


def test_parts_of_different_models_are_refused(folder: Path) -> None:
    (folder.parent / "other").mkdir()
    write_tiny_gguf(folder.parent / "other" / "tiny.gguf", split_after=20, family="qwen3")
    shutil.copy(folder.parent / "other" / "tiny-00002-of-00004.gguf", folder / PARTS[1])
    assert f"{folder / PARTS[1]} does not belong to {folder / PARTS[0]}" in refusal(folder / PARTS[2])


def test_a_part_given_twice_is_refused(folder: Path) -> None:
    shutil.copy(folder / PARTS[0], folder / PARTS[1])
    said = refusal(folder / PARTS[0])
    assert f"{folder / PARTS[1]} does not belong to {folder / PARTS[0]}" in said


def test_a_part_with_fewer_tensors_than_promised_is_refused(folder: Path) -> None:
    write_tiny_gguf(folder / "less.gguf", split_after=20, tensors={"blk.5.attn_q.weight": None})
    (folder / "less-00003-of-00003.gguf").replace(folder / PARTS[2])
    assert "parts of different models" in refusal(folder / PARTS[0])


def test_a_part_under_another_name_cannot_find_the_others(folder: Path) -> None:
    renamed = (folder / PARTS[1]).rename(folder / "second.gguf")
    said = refusal(renamed)
    assert "is part 2 of 3 of a split GGUF file, but its name does not show that" in said
    assert "second-00002-of-00003.gguf" in said
    (folder / PARTS[0]).rename(folder / PARTS[1])
    assert "its name does not show that" in refusal(folder / PARTS[1])


def test_parts_one_behind_the_other_are_no_whole_file(folder: Path) -> None:
    """llama.cpp#9613: split files are not joined by cat."""
    joined = folder / "joined.gguf"
    joined.write_bytes(b"".join((folder / part).read_bytes() for part in PARTS))
    assert "is a concatenation of the parts of a split GGUF file" in refusal(joined)


@pytest.mark.parametrize(
    "names",
    [
        ("model.gguf.part1of3", "model.gguf.part2of3", "model.gguf.part3of3"),
        ("model.gguf-split-a", "model.gguf-split-b", "model.gguf-split-c"),
        ("model.gguf.aa", "model.gguf.ab", "model.gguf.ac"),
        ("model.gguf.001", "model.gguf.002", "model.gguf.003"),
        ("a model.gguf-part-1-of-3", "a model.gguf-part-2-of-3", "a model.gguf-part-3-of-3"),
    ],
)
def test_pieces_cut_anywhere_are_refused_with_the_command_that_joins_them(
    folder: Path, names: tuple[str, str, str]
) -> None:
    write_tiny_gguf(folder / "whole.gguf")
    content = (folder / "whole.gguf").read_bytes()
    pieces = folder / "pieces"
    pieces.mkdir()
    for number, name in enumerate(names):
        (pieces / name).write_bytes(content[number * 90_000 : (number + 1) * 90_000 if number < 2 else None])
    for name in names:
        said = refusal(pieces / name)
        command = said.partition("join the pieces with: ")[2]
        assert command.startswith(f"cat {shlex.quote(str(pieces / names[0]))} ")
        subprocess.run(command, shell=True, check=True)
        (joined,) = pieces.glob("*model.gguf")
        assert joined.read_bytes() == content
        assert f"give the whole, {joined}" in refusal(pieces / name)
        joined.unlink()


def test_a_missing_piece_is_named(folder: Path) -> None:
    write_tiny_gguf(folder / "whole.gguf")
    piece = folder / "model.gguf.part2of2"
    piece.write_bytes((folder / "whole.gguf").read_bytes()[100_000:])
    assert "and piece 1 of 2 is not beside it" in refusal(piece)


def test_a_whole_file_is_read_whatever_its_name(folder: Path) -> None:
    write_tiny_gguf(folder / "model.gguf.1")  # as wget names a second download
    assert resolve_source(str(folder / "model.gguf.1"), "main", silent).path.is_dir()
    write_tiny_gguf(folder / "model-00001-of-00002.gguf")  # one file whose name says otherwise
    assert len(read_gguf(folder / "model-00001-of-00002.gguf").files) == 1


@pytest.mark.parametrize("count", [-1, True, "2", [2], 3.5])
def test_a_count_that_is_none_is_refused(folder: Path, count: object) -> None:
    write_tiny_gguf(folder / "odd.gguf", fields={"split.count": count})
    assert "is damaged (it claims to be one of" in refusal(folder / "odd.gguf")
