"""Only a data set of the Hub is read under an id, never what lies in the folder that work is done in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.api.settings import CalibrationSettings
from engine.calibration.places import text_mixture
from engine.calibration.text_settings import place_texts
from engine.calibration.texts import dataset_texts
from tests.engine.calibration.text_cases import jsonl

ROOT = Path(__file__).resolve().parents[3]
READ = "from engine.calibration.texts import dataset_texts\ndataset_texts('org/name', 'train', 0)"


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is named like a data set, in the folder that work is done in."""
    (tmp_path / "org" / "name").mkdir(parents=True)
    jsonl(tmp_path / "org" / "name" / "train.jsonl", {"text": "of the folder"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_of_the_same_name_is_not_read_instead(beside: Path) -> None:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=beside, env=environment, capture_output=True, text=True, check=False
    )
    assert "LayerSwarmError: The data set 'org/name' cannot be fetched now" in done.stderr
    assert done.stderr.startswith("Traceback")  # nothing of a library's own before it


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("name", ["json", "text", "csv", "./org/name", "org/name/more", "org/na*me", "~", "a b/c"])
def test_what_is_no_id_is_refused_before_anything_is_looked_up(name: str) -> None:
    with pytest.raises(BadInput, match="neither a local text file nor the id of a Hub data set"):
        dataset_texts(name, "train", 0)


@pytest.mark.usefixtures("beside")
def test_a_file_that_is_named_as_a_data_set_is_reported_as_a_file() -> None:
    with pytest.raises(BadInput, match="is a file, not a Hub data set; name it with the source 'file'"):
        dataset_texts("./org/name/train.jsonl", "train", 0)


@pytest.mark.usefixtures("beside")
def test_a_part_of_a_mix_that_is_neither_is_named() -> None:
    (place,) = text_mixture(CalibrationSettings(source="mix", mix=("./notes",)))
    with pytest.raises(BadInput, match=r"'\./notes' is neither a local text file nor"):
        place_texts(place, seed=0)
