"""What is exported loads in stock transformers 4.57 as well, and computes the same there.

Its packages lie in a folder of the cache, in front of the path of a second Python; all else it shares with this one.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from engine.api.locations import cache_folder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported, saved
from tests.engine.export.old_transformers import ANSWER_FILE, answer

PACKAGES = ("transformers==4.57.6", "huggingface_hub==0.36.2", "tokenizers==0.22.2")
REMOVED = (1, 2)
ROOT = Path(__file__).parents[3]

WRITTEN_BY_4 = (
    *("llama", "mistral", "mixtral", "qwen2", "qwen2_moe", "qwen3_moe", "gemma2", "gemma3", "gemma3_with_vision"),
    *("phi3", "gpt2", "gpt_neox", "falcon", "opt", "smollm3", "cohere2", "deepseek_v2", "glm4_moe", "gpt_oss"),
    "llama4",
)
WRITTEN_BY_5 = ("llama", "gemma3", "gemma3_with_vision", "gpt2", "gpt_neox", "phi3", "stablelm")

pytestmark = [pytest.mark.slow, pytest.mark.old_transformers]


@pytest.fixture(scope="module")
def old_packages() -> Path:
    """The folder with transformers 4.57, filled once by pip."""
    folder = cache_folder() / "tests" / PACKAGES[0]
    if not (folder / "complete").is_file():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(folder)]
        done = subprocess.run([*command, *PACKAGES], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"pip does not bring {PACKAGES[0]}: {done.stderr.strip().splitlines()[-1]}")
        (folder / "complete").touch()
    return folder


@pytest.fixture(scope="module")
def exports(old_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Exports of models of both versions, by the version of the models, with the older version's answers in them."""
    by_4, by_5 = tmp_path_factory.mktemp("by_4"), tmp_path_factory.mktemp("by_5")
    made: dict[str, list[Path]] = {"by 4": [], "by 5": []}
    with started_old(old_packages, by_4 / "errors", str(by_4), *WRITTEN_BY_4) as old:
        assert old.stdin is not None
        assert old.stdout is not None
        assert old.stdout.readline().startswith("transformers 4.57")
        assert old.stdout.readline() == "written\n", (by_4 / "errors").read_text()[-2000:]
        for family in WRITTEN_BY_4:
            made["by 4"].append(by_4 / f"{family}-small")
            exported(resolve_source(str(by_4 / family), "main", silent), REMOVED, made["by 4"][-1])
        for family in WRITTEN_BY_5:
            made["by 5"].append(by_5 / f"{family}-small")
            exported(saved(family, by_5 / family), REMOVED, made["by 5"][-1])
        old.communicate("\n".join(str(folder) for folders in made.values() for folder in folders))
        assert old.returncode == 0, (by_4 / "errors").read_text()[-2000:]
    return made


def started_old(packages: Path, errors: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": f"{packages}{os.pathsep}{ROOT}", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.engine.export.old_transformers", *arguments]
    pipe = subprocess.PIPE
    with errors.open("w") as log:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=log, text=True)


def assert_same_there(folders: Sequence[Path]) -> None:
    for folder in folders:
        there, here = torch.load(folder / ANSWER_FILE), answer(folder)
        torch.testing.assert_close(there["logits"], here["logits"], rtol=0, atol=1e-5, msg=folder.name)
        assert torch.equal(there["written"], here["written"]), folder.name
        assert there["encoded"] == here["encoded"], folder.name


def test_models_as_the_hub_has_them_compute_the_same_in_both(exports: dict[str, list[Path]]) -> None:
    assert len(exports["by 4"]) == len(WRITTEN_BY_4)
    assert_same_there(exports["by 4"])


def test_what_transformers_5_wrote_is_said_again_in_the_older_keys(exports: dict[str, list[Path]]) -> None:
    assert len(exports["by 5"]) == len(WRITTEN_BY_5)
    assert_same_there(exports["by 5"])
