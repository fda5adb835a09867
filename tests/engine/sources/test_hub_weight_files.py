"""Which files of a repository are downloaded: those that config and index name, what belongs to the model, no more."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants

from engine.api.errors import BadInput
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.hub import download as hub_download
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.files import complete_snapshot
from engine.sources.hub.snapshot import fetch_from_hub
from engine.sources.resolve import resolve_source
from tests.engine.export.cases import exported
from tests.engine.sources import local_hub
from tests.engine.sources.local_hub import LocalHub, only_hub
from tests.engine.tiny_models import save_tiny

pytestmark = pytest.mark.slow

REPO = "org/name"
INDEX = "model.safetensors.index.json"
SMALL = {"config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja"}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with only_hub(tmp_path / "served", monkeypatch) as served:
        yield served


@pytest.fixture
def repo(hub: LocalHub) -> Path:
    folder = hub.root / REPO
    save_tiny("llama", folder, max_shard_size="60KB")
    return folder


def edit_json(file: Path, **fields: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def rename_shards(repo: Path, pattern: str) -> list[str]:
    """Give the shards other names, in the index too."""
    index = json.loads((repo / INDEX).read_text())
    names = {old: pattern.format(number) for number, old in enumerate(sorted(set(index["weight_map"].values())), 1)}
    for old, new in names.items():
        (repo / old).rename(repo / new)
    edit_json(repo / INDEX, weight_map={tensor: names[old] for tensor, old in index["weight_map"].items()})
    return sorted(names.values())


def downloaded(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "pattern",
    [
        "layers-{}.safetensors",
        "model-0000{}.safetensors",
        "model.safetensors-0000{}-of-00004.safetensors",
        "pytorch_model-0000{}-of-00004.safetensors",
        "consolidated-0000{}-of-00004.safetensors",
        "größe [{}] *.safetensors",
    ],
)
def test_the_files_that_the_index_names_are_downloaded_whatever_they_are_called(
    pattern: str, hub: LocalHub, repo: Path
) -> None:
    shards = rename_shards(repo, pattern)
    told: list[tuple[float, float]] = []
    model = resolve_source(REPO, "main", lambda _message, done, total: told.append((done, total)))
    assert downloaded(model.path) == SMALL | {INDEX, *shards}
    total = sum((repo / name).stat().st_size for name in downloaded(model.path))
    assert told[-1] == (total, total)
    assert load_model(model.path).config.num_hidden_layers == 6
    hub.error = 503
    assert resolve_source(REPO, "main", silent) == model, "the Hub is gone, the cache serves"


def test_nothing_else_is_downloaded(repo: Path) -> None:
    shards = rename_shards(repo, "layers-{}.safetensors")
    for name in (
        "consolidated.safetensors",
        "model.fp16.safetensors",
        "model-00001-of-00002.safetensors",
        "adapter_model.safetensors",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
        "consolidated.safetensors.index.json",
        "optimizer.pt",
        "trainer_state.json",
        "._config.json",
        "._layers-1.safetensors",
        "modeling.py",
        "original/params.json",
        "onnx/config.json",
        "runs/events.json",
    ):
        (repo / name).parent.mkdir(exist_ok=True)
        (repo / name).write_text("{}")
    assert downloaded(fetch_from_hub(REPO, "main", silent)) == SMALL | {INDEX, *shards}


def test_what_tokenizer_and_processor_read_comes_along(hub: LocalHub, repo: Path) -> None:
    beside = {
        "additional_chat_templates/tool_use.jinja",
        "qformer_tokenizer/tokenizer.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "preprocessor_config.json",
        "tekken.json",
        "tokenizer.model",
        "tokenizer.model.v3",
        "qwen.tiktoken",
        "merges.txt",
        "LICENSE.md",
        "README.md",
        "layerswarm.json",
        "hf_quant_config.json",
    }
    for name in beside:
        (repo / name).parent.mkdir(exist_ok=True)
        (repo / name).write_text("{}")
    folder = fetch_from_hub(REPO, "main", silent)
    assert beside < downloaded(folder)
    assert set(load_tokenizer(folder).chat_template) == {"default", "tool_use"}
    hub.error = 503
    assert fetch_from_hub(REPO, "main", silent) == folder


def test_one_file_with_all_weights_goes_before_the_index_as_with_transformers(repo: Path) -> None:
    save_tiny("llama", repo)
    assert downloaded(fetch_from_hub(REPO, "main", silent)) == SMALL | {"model.safetensors"}


@pytest.mark.parametrize("sharded", [True, False])
def test_weights_that_the_config_names_are_those_that_are_loaded(sharded: bool, repo: Path) -> None:
    if sharded:
        shards = rename_shards(repo, "hf-{}.safetensors")
        (repo / INDEX).rename(repo / "hf.safetensors.index.json")
        wanted = {"hf.safetensors.index.json", *shards}
    else:
        save_tiny("llama", repo)
        (repo / "model.safetensors").rename(repo / "hf.safetensors")
        wanted = {"hf.safetensors"}
    (repo / "model.safetensors").write_bytes(b"of another form")
    edit_json(repo / "config.json", transformers_weights="hf.safetensors" + ".index.json" * sharded)
    model = resolve_source(REPO, "main", silent)
    assert downloaded(model.path) == SMALL | wanted
    assert load_model(model.path, dtype=torch.float32).num_parameters() > 0


def test_a_repository_that_lacks_a_shard_is_refused_before_the_download(hub: LocalHub, repo: Path) -> None:
    shards = rename_shards(repo, "layers-{}.safetensors")
    (repo / shards[1]).unlink()
    with pytest.raises(BadInput, match=r"names a file that the repository lacks, such as layers-2\.safetensors"):
        fetch_from_hub(REPO, "main", silent)
    assert not hub.asked_for(shards[0])


@pytest.mark.parametrize(
    "name", ["../other.safetensors", "/etc/x.safetensors", "in/x.safetensors", "in\\x.safetensors", "..", "", 3, None]
)
def test_an_index_that_names_what_is_no_file_beside_it_is_refused(name: object, repo: Path) -> None:
    index = json.loads((repo / INDEX).read_text())["weight_map"]
    edit_json(repo / INDEX, weight_map=index | {"model.norm.weight": name})
    for source in (REPO, str(repo)):
        with pytest.raises(BadInput, match=r"which is (not the plain name of a file|not a safetensors file)"):
            resolve_source(source, "main", silent)


def test_pickled_weights_in_an_index_are_never_opened(repo: Path) -> None:
    index = json.loads((repo / INDEX).read_text())["weight_map"]
    edit_json(repo / INDEX, weight_map=index | {"model.norm.weight": "pytorch_model.bin"})
    (repo / "pytorch_model.bin").write_bytes(b"anything")
    for source in (REPO, str(repo)):
        with pytest.raises(BadInput, match=r"names 'pytorch_model\.bin' as a weight file, which is not a safetensors"):
            resolve_source(source, "main", silent)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("pytorch_model.bin", "neither a safetensors file nor an index"),
        (7, "neither a safetensors file nor an index"),
        ("../x.safetensors", "outside the model's folder"),
        ("/x.safetensors", "outside the model's folder"),
        ("in/../../x.safetensors", "outside the model's folder"),
        ("x.safetensors", "x.safetensors"),
        ("x.safetensors.index.json", "x.safetensors.index.json"),
    ],
)
def test_a_config_that_names_weights_which_cannot_be_is_refused(named: object, words: str, repo: Path) -> None:
    edit_json(repo / "config.json", transformers_weights=named)
    for source in (REPO, str(repo)):
        with pytest.raises(BadInput, match=words):
            resolve_source(source, "main", silent)


@pytest.mark.parametrize("metadata", [None, [], "absent"])
def test_an_index_needs_no_metadata(metadata: object, repo: Path, tmp_path: Path) -> None:
    edit_json(repo / INDEX, metadata=metadata)
    if metadata == "absent":
        index = json.loads((repo / INDEX).read_text())
        (repo / INDEX).write_text(json.dumps({"weight_map": index["weight_map"]}))
    for number, source in enumerate((REPO, str(repo))):
        target = tmp_path / f"small-{number}"
        exported(resolve_source(source, "main", silent), (1,), target)
        assert json.loads((target / INDEX).read_text())["metadata"]["total_size"] > 0


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (("bf16/config.json", "bf16/model.safetensors"), "only in subfolders such as bf16"),
        (("adapter_config.json", "adapter_model.bin"), "is an adapter without adapter_model.safetensors"),
        (
            ("model-Q4_K_M.gguf", "._a.gguf"),
            "has GGUF files and no config.json; download one, such as model-Q4_K_M.gguf",
        ),
        (("consolidated.safetensors", "params.json"), "has no config.json"),
        (("._config.json", "model.safetensors"), "has no config.json"),
        (("config.json", "pytorch_model.bin"), "no safetensors weights"),
        (("config.json", "onnx/model.safetensors"), "no safetensors weights"),
        (("config.json", "consolidated.safetensors"), "only others such as consolidated.safetensors"),
        (("config.json", "._model.safetensors"), "no safetensors weights"),
    ],
)
def test_a_repository_without_a_model_at_its_root_is_refused_in_a_sentence(
    files: tuple[str, ...], words: str, hub: LocalHub
) -> None:
    for name in files:
        file = hub.root / REPO / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    with pytest.raises(BadInput, match=words):
        fetch_from_hub(REPO, "main", silent)
    assert not any(path.endswith((".safetensors", ".gguf")) for _, path, _ in hub.requests)


def test_an_adapter_is_downloaded_whole_with_its_tokenizer(hub: LocalHub) -> None:
    wanted = {"adapter_config.json", "adapter_model.safetensors", "tokenizer.json", "README.md"}
    for name in (*wanted, "adapter_model.bin", "optimizer.pt", "checkpoint-5/adapter_model.safetensors"):
        file = hub.root / REPO / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    folder = fetch_from_hub(REPO, "main", silent)
    assert downloaded(folder) == wanted
    assert complete_snapshot(REPO) == folder
    hub.error = 503
    assert fetch_from_hub(REPO, "main", silent) == folder


@pytest.mark.usefixtures("repo")
def test_an_adapter_beside_a_complete_model_is_not_downloaded(hub: LocalHub) -> None:
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        (hub.root / REPO / name).write_text("{}")
    assert not any("adapter" in name for name in downloaded(fetch_from_hub(REPO, "main", silent)))


def test_a_damaged_config_is_named_before_the_weights_are_downloaded(hub: LocalHub, repo: Path) -> None:
    (repo / "config.json").write_bytes(b"\xef\xbb\xbf" + (repo / "config.json").read_bytes())
    with pytest.raises(BadInput, match="begins with a byte order mark"):
        fetch_from_hub(REPO, "main", silent)
    assert not any(path.endswith(".safetensors") for _, path, _ in hub.requests)


def test_a_newer_revision_that_is_refused_leaves_the_one_before_in_use(
    hub: LocalHub, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fetch_from_hub(REPO, "main", silent)
    monkeypatch.setattr(local_hub, "COMMIT", "f" * 40)
    next(repo.glob("*.safetensors")).unlink()
    with pytest.raises(BadInput, match="that the repository lacks"):
        fetch_from_hub(REPO, "main", silent)
    hub.error = 503
    assert fetch_from_hub(REPO, "main", silent) == folder


@pytest.mark.usefixtures("repo")
def test_a_snapshot_without_its_index_is_not_complete(hub: LocalHub) -> None:
    folder = fetch_from_hub(REPO, "main", silent)
    hub.error = 503
    (folder / INDEX).unlink()
    with pytest.raises(HubUnreachable, match="not complete in the cache"):
        fetch_from_hub(REPO, "main", silent)


def test_a_connection_that_breaks_again_and_again_is_told_in_a_sentence(
    hub: LocalHub, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_download, "_RETRIES", 0)
    (repo / "model.safetensors").write_bytes(bytes(hub_download.LARGE))
    hub.break_after = 0
    with pytest.raises(HubUnreachable, match="interrupted"):
        fetch_from_hub(REPO, "main", silent)
