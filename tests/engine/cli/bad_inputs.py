"""Bad inputs at every door of the command line: what is given, and words of the sentence that answers it.

Each row makes what it needs in an empty folder that holds a sound ``model`` and ``project``.
"""

import json
import os
import socket
import stat
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Make = Callable[[Path], object]


def nothing(_place: Path) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class BadInput:
    """A row of the table."""

    name: str
    arguments: tuple[str, ...]
    words: str
    make: Make = nothing
    code: int = 2


PRUNE = ("prune", "model", "--remove", "1", "--to", "out")
RUN = ("run", "project")


def given(name: str, line: str, words: str, make: Make = nothing, code: int = 2) -> BadInput:
    """Return a row from a command line without spaces in its arguments."""
    return BadInput(name, tuple(line.split()), words, make, code)


def config_with(**values: object) -> Make:
    """Change values of the model's config.json; an ellipsis removes one."""

    def make(place: Path) -> None:
        file = place / "model" / "config.json"
        content = {**json.loads(file.read_text()), **values}
        _write(file, json.dumps({name: value for name, value in content.items() if value is not ...}))

    return make


def file_with(name: str, content: str | bytes) -> Make:
    """Write a file."""
    return lambda place: _write(place / name, content)


def without(name: str) -> Make:
    """Remove a file."""
    return lambda place: (place / name).unlink()


def pipe_at(name: str) -> Make:
    """Put a named pipe in place of a file."""

    def make(place: Path) -> None:
        (place / name).unlink(missing_ok=True)
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(place / name)

    return make


def link_at(name: str, target: str) -> Make:
    """Put a symbolic link in place of a file; a name in its own folder makes a loop."""

    def make(place: Path) -> None:
        (place / name).unlink(missing_ok=True)
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).symlink_to(target)

    return make


def socket_at(name: str) -> Make:
    """Put a socket in place of a file."""

    def make(place: Path) -> None:
        here = Path.cwd()
        os.chdir(place)  # the address of a socket is limited to a hundred characters
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(name)
        finally:
            os.chdir(here)

    return make


def folder_at(name: str) -> Make:
    """Put a folder in place of a file."""

    def make(place: Path) -> None:
        (place / name).unlink(missing_ok=True)
        (place / name).mkdir(parents=True)

    return make


def header_with(change: Callable[[dict[str, Any]], object]) -> Make:
    """Change the JSON of the safetensors header."""

    def make(place: Path) -> None:
        file = place / "model" / "model.safetensors"
        content = file.read_bytes()
        (length,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + length])
        change(header)
        text = json.dumps(header).encode()
        _write(file, struct.pack("<Q", len(text)) + text + content[8 + length :])

    return make


def first_tensor(**values: object) -> Make:
    """Change the entry of one tensor in the header."""
    return header_with(lambda header: header["model.norm.weight"].update(values))


def index_of(weight_map: object) -> Make:
    """Name the weights by an index."""

    def make(place: Path) -> None:
        (place / "model" / "model.safetensors").unlink()
        _write(place / "model" / "model.safetensors.index.json", json.dumps({"weight_map": weight_map}))

    return make


def project_with(**values: object) -> Make:
    """Change settings in the project's file; ``search__seed`` is ``search.seed``."""

    def make(place: Path) -> None:
        file = place / "project" / "project.layerswarm"
        content = json.loads(file.read_text())
        for name, value in values.items():
            section, key = name.split("__")
            content["settings"][section][key] = value
        _write(file, json.dumps(content))

    return make


def files_in(place: Path) -> Sequence[tuple[str, int, int]]:
    """Return the files below a folder with their sizes and times, without the cache and the lock of the project."""
    left_out = (place / "cache", place / "project" / ".lock")
    files = [path for path in sorted(place.rglob("*")) if not {path, *path.parents}.intersection(left_out)]
    found = ((path.relative_to(place).as_posix(), os.lstat(path)) for path in files)
    return [(name, info.st_size, info.st_mtime_ns) for name, info in found if not stat.S_ISDIR(info.st_mode)]


def _write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def _models() -> Iterator[BadInput]:
    def model(name: str, make: Make, words: str) -> BadInput:
        return BadInput(f"model: {name}", PRUNE, words, make)

    def config(name: str, words: str, **values: object) -> BadInput:
        return model(f"config {name}", config_with(**values), words)

    yield config("with 1e9 layers", "states 1,000,000,000 layers", num_hidden_layers=10**9)
    yield config("with 10^30 layers", "layers (num_hidden_layers), but the weights", num_hidden_layers=10**30)
    yield config("without layers", "0 decoder layers", num_hidden_layers=0)
    yield config("with -1 layers", "-1 decoder layers", num_hidden_layers=-1)
    yield config("with layers as text", "num_hidden_layers", num_hidden_layers="4")
    yield config("with half a layer", "num_hidden_layers", num_hidden_layers=4.5)
    yield config("with a layer more", "lack 9 tensors", num_hidden_layers=7)
    yield config("without key heads", "No 'llama' model can be built", num_key_value_heads=0)
    yield config("with -1 key heads", "No 'llama' model can be built", num_key_value_heads=-1)
    yield config("with 1e9 key heads", "num_key_value_heads=1,000,000,000", num_key_value_heads=10**9)
    yield config("with 1e18 key heads", "num_key_value_heads", num_key_value_heads=10**18)
    yield config("with other key heads", "do not fit its config.json", num_key_value_heads=4)
    yield config("without heads", "is not valid", num_attention_heads=0)
    yield config("with 3 heads", "is not valid", num_attention_heads=3)
    yield config("without width", "do not fit its config.json", hidden_size=0)
    yield config("with negative width", "is not valid", hidden_size=-1)
    yield config("with 1e9 wide", "hidden_size=1,000,000,000", hidden_size=10**9)
    yield config("with width null", "hidden_size", hidden_size=None)
    yield config("without vocabulary", "No 'llama' model can be built", vocab_size=0)
    yield config("with 1e12 tokens", "vocab_size=1,000,000,000,000", vocab_size=10**12)
    yield config("with vocabulary as list", "vocab_size", vocab_size=[264])
    yield config("with heads of 1e9", "head_dim=1,000,000,000", head_dim=10**9)
    yield config("with heads of 0", "No 'llama' model can be built", head_dim=0)
    yield config("with 1e9 labels", "num_labels=1,000,000,000", num_labels=10**9)
    yield config("with an unknown activation", "knows nothing of the name 'frobnicate'", hidden_act="frobnicate")
    yield config("with code as activation", "knows nothing of the name", hidden_act="__import__('os')")
    yield config("with activation null", "hidden_act", hidden_act=None)
    yield config(
        "with unknown rope",
        "knows nothing of the name 'evil'",
        rope_scaling={"type": "evil", "factor": 2.0},
    )
    yield config("with rope as text", "rope_parameters", rope_scaling="x")
    yield config("with rope without factor", "factor", rope_scaling={"rope_type": "yarn"})
    yield config("with rope of a text factor", "No 'llama' model", rope_scaling={"rope_type": "linear", "factor": "x"})
    yield config("with unknown experts", "experts_implementation", _experts_implementation="evil")
    yield config("with unknown number format", "evil", dtype="evil")
    yield config("with unknown layer kinds", "layer_types", layer_types=["evil"] * 6)
    yield config("with one layer kind", "layer_types", layer_types=["full_attention"])
    yield config("with unknown type", "does not know", model_type="evil")
    yield config("with type list", "does not know", model_type=["llama"])
    yield config("without type", "which the installed transformers does not know", model_type=...)
    yield config("that needs code", "its own Python code", model_type="evil", auto_map={"AutoModel": "x--y.Z"})
    yield config("with quantisation", "quantised", quantization_config={"quant_method": "evil"})
    yield config("with quantisation list", "quantised", quantization_config=[1])
    yield config("with section number", "is not valid", text_config=5)
    yield config("with labels number", "is not valid", id2label=5)
    yield config("with padding beyond", "No 'llama' model can be built", pad_token_id=10**6)
    yield config("with tie as text", "tie_word_embeddings", tie_word_embeddings="x")
    yield config("with float tag", "is not valid", rms_norm_eps={"__float__": "evil"})
    yield config("with class name", "is not valid", __class__="x")
    yield config("with weights outside", "outside the model's folder", transformers_weights="../w.safetensors")
    yield config("with pickled weights", "neither a safetensors file nor an index", transformers_weights="w.bin")
    yield config("with absolute weights", "outside the model's folder", transformers_weights="/w.safetensors")
    yield model("config empty", file_with("model/config.json", ""), "is empty")
    yield model("config list", file_with("model/config.json", "[]"), "is not a JSON object")
    yield model("config deep", file_with("model/config.json", "[" * 10**5), "is not a JSON object")
    yield model("config cut", file_with("model/config.json", '{"model_type": "lla'), "ends early")
    yield model("config UTF-16", file_with("model/config.json", "{}".encode("utf-16")), "UTF-16")
    yield model("config binary", file_with("model/config.json", b"\x93\x00\xff{}"), "config.json")
    yield model("config web page", file_with("model/config.json", "<html>"), "is a web page")
    yield model(
        "config 10^5000", file_with("model/config.json", f'{{"vocab_size": 1{"0" * 5000}}}'), "thousands of digits"
    )
    yield model("config missing", without("model/config.json"), "has no config.json")
    yield model("config loop", link_at("model/config.json", "config.json"), "has no config.json")
    yield model("config pipe", pipe_at("model/config.json"), "has no config.json")
    yield model("config device", link_at("model/config.json", "/dev/zero"), "has no config.json")
    yield model("tokenizer cut", file_with("model/tokenizer.json", "{"), "tokenizer.json ends early")
    yield model("template bytes", file_with("model/tokenizer_config.json", b"\xff\xfe\xfa"), "tokenizer_config.json")
    yield model("generation list", file_with("model/generation_config.json", "[]"), "is not a JSON object")
    yield model("weights missing", without("model/model.safetensors"), "no weights")
    yield model("weights pipe", pipe_at("model/model.safetensors"), "no weights")
    yield model("weights loop", link_at("model/model.safetensors", "model.safetensors"), "no weights")
    yield model("weights empty", file_with("model/model.safetensors", b""), "is empty")
    yield model("weights zeros", file_with("model/model.safetensors", bytes(5000)), "begins with zeros only")
    yield model("weights text", file_with("model/model.safetensors", "Not found, sorry."), "is a text")
    yield model("weights pickled", file_with("model/model.safetensors", b"PK\x03\x04" + bytes(600)), "pickled")
    yield model(
        "weights header cut", file_with("model/model.safetensors", struct.pack("<Q", 900) + b'{"a":'), "cut short"
    )
    yield model(
        "weights header huge", file_with("model/model.safetensors", struct.pack("<Q", 2**63) + b"{}"), "safetensors"
    )
    yield model("tensor of 10^400", first_tensor(shape=[10**400]), "cannot be read as a safetensors file")
    yield model("tensor of 2^62", first_tensor(shape=[2**62]), "does not fit its shape")
    yield model("tensor negative", first_tensor(shape=[-32]), "cannot be read as a safetensors file")
    yield model("tensor format", first_tensor(dtype="EVIL"), "unknown number format 'EVIL'")
    yield model("tensor beyond", first_tensor(data_offsets=[0, 10**12]), "is damaged")
    yield model("tensor backwards", first_tensor(data_offsets=[128, 0]), "cannot be read as a safetensors file")
    yield model(
        "tensor list", header_with(lambda header: header.update({"model.norm.weight": []})), "cannot be read as a safe"
    )
    yield model(
        "metadata number", header_with(lambda header: header.update({"__metadata__": {"a": 1}})), "cannot be read as"
    )
    yield model("shard above", index_of({"a": "../model.safetensors"}), "not the plain name of a file beside it")
    yield model("shard absolute", index_of({"a": "/etc/passwd.safetensors"}), "not the plain name of a file beside it")
    yield model("shard pickled", index_of({"a": "pytorch_model.bin"}), "which is not a safetensors file")
    yield model("shard missing", index_of({"a": "model-00001-of-00002.safetensors"}), "lacks model-00001-of-00002")
    yield model("shard number", index_of({"a": 5}), "not the plain name")
    yield model("index list", index_of([]), "has no weight map")
    yield model("index empty", index_of({}), "has no weight map")


def _sources() -> Iterator[BadInput]:
    def gguf(name: str, content: bytes, words: str) -> BadInput:
        line = "prune file.gguf --remove 1 --to out"
        return given(f"GGUF: {name}", line, words, file_with("file.gguf", content))

    head = b"GGUF" + struct.pack("<I", 3)
    yield gguf("empty", b"", "is empty")
    yield gguf("no GGUF", b"GGML" + bytes(100), "file.gguf")
    yield gguf("cut", head, "file.gguf")
    yield gguf("version", b"GGUF" + struct.pack("<IQQ", 77, 0, 0), "file.gguf")
    yield gguf("2^63 tensors", head + struct.pack("<QQ", 2**63, 1), "file.gguf")
    yield gguf("2^60 fields", head + struct.pack("<QQ", 1, 2**60), "file.gguf")
    yield gguf("no fields", head + struct.pack("<QQ", 0, 0), "file.gguf")
    yield gguf("long name", head + struct.pack("<QQQ", 0, 1, 2**40) + b"a" * 50, "file.gguf")
    yield gguf("big endian", b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "file.gguf")
    yield given("source: nowhere", "prune nowhere --remove 1 --to out", "There is no model 'nowhere'")
    yield given("source: pipe", "prune p --remove 1 --to out", "p is a named pipe, not a file", pipe_at("p"))
    yield given("source: loop", "prune p --remove 1 --to out", "There is no model 'p'", link_at("p", "p"))
    yield given("source: device", "prune /dev/zero --remove 1 --to out", "is a device, not a file")
    yield given("source: text", "prune t.txt --remove 1 --to out", "is not a model", file_with("t.txt", "text"))
    yield given("source: weights", "prune model/model.safetensors --remove 1 --to out", "is one file of a model")
    yield given("source: empty folder", "prune e --remove 1 --to out", "has no config.json", folder_at("e"))
    yield BadInput("source: blank", ("prune", " ", "--remove", "1", "--to", "out"), "No model is given")
    yield BadInput("source: NUL", ("prune", "a\0b", "--remove", "1", "--to", "out"), "There is no model")
    yield given("layers: beyond", "prune model --remove 9 --to out", "There is no layer 9")
    yield given("layers: all", "prune model --remove 0-5 --to out", "layer")
    yield given("layers: words", "prune model --remove few --to out", "--remove")
    yield given("layers: endless", "prune model --remove 0-999999999999 --to out", "which no model has")
    yield given("layers: none", "prune model --remove , --to out", "--remove")
    yield given("layers: backwards", "prune model --remove 4-2 --to out", "--remove")
    yield given("target: full", "prune model --remove 1 --to project", "is not an empty folder")
    yield given("target: file", "prune model --remove 1 --to t.txt", "t.txt", file_with("t.txt", "text"))
    yield given("target: below a file", "prune model --remove 1 --to t.txt/x", "t.txt", file_with("t.txt", "text"))
    yield given("target: in the model", "prune model --remove 1 --to model/out", "lies within the model's own folder")
    yield given("target: the model", "prune model --remove 1 --to model", "lies within the model's own folder")
    yield given("target: pipe", "prune model --remove 1 --to p", "p", pipe_at("p"))
    yield given("format: unknown", "prune model --remove 1 --to out --format evil", "evil")
    yield given("format: precision", "prune model --remove 1 --to out --format gguf:q99", "q99")
    yield given("text: none to compensate on", "prune model --remove 1 --to out --text none.txt", "none.txt")


def _texts() -> Iterator[BadInput]:
    def text(name: str, file: str, content: str | bytes | Make, words: str) -> BadInput:
        make = content if callable(content) else file_with(file, content)
        return given(f"text: {name}", f"eval model --text {file}", words, make)

    yield text("missing", "none.txt", nothing, "There is no text file none.txt")
    yield text("empty", "t.txt", "", "is empty")
    yield text("folder", "t.txt", folder_at("t.txt"), "t.txt is a folder; name a text file in it")
    yield text("pipe", "t.txt", pipe_at("t.txt"), "t.txt is a named pipe, not a file")
    yield text("socket", "t.txt", socket_at("t.txt"), "t.txt is a socket, not a file")
    yield text("loop", "t.txt", link_at("t.txt", "t.txt"), "There is no text file t.txt")
    yield text("device", "t.txt", link_at("t.txt", "/dev/zero"), "t.txt is a device, not a file")
    yield text("binary", "t.txt", b"\xff\xfa\x93", "cannot be read as UTF-8")
    yield text("UTF-16", "t.txt", "some text".encode("utf-16-le") * 9, "UTF-16")
    yield text("zip", "t.txt", b"PK\x03\x04", "is a zip archive")
    yield text("gzip cut", "t.txt.gz", b"\x1f\x8b\x08\x00" + bytes(8), "t.txt.gz")
    yield text("xz broken", "t.txt.xz", b"\xfd7zXZ\x00broken", "t.txt.xz")
    yield text("parquet cut", "t.parquet", b"PAR1 and so on", "parquet")
    yield text("parquet no", "t.parquet", "text", "is no parquet file")
    yield text("rows of numbers", "t.jsonl", "1\n2\n", "t.jsonl")
    yield text("rows cut", "t.jsonl", '{"text": "a"}\n{"text": "b', "cut short")
    yield text("rows deep", "t.jsonl", '{"text": "a"}\n' + "[" * 10**5 + "\n", "nested too deeply")
    yield text("rows without text", "t.jsonl", '{"n": 1}\n{"n": 2}\n', "t.jsonl")
    yield text("table without text", "t.csv", "a,b\n1,2\n3,4\n", "t.csv")
    yield text("table open quote", "t.csv", 'text\n"never closed\n', "ends within the quotes")
    yield text("JSON numbers", "t.json", "[1, 2, 3]", "t.json")


def _tasks() -> Iterator[BadInput]:
    def task(name: str, line: str, words: str, make: Make = nothing) -> BadInput:
        return given(f"task: {name}", f"eval model {line}", words, make)

    line = "--tasks local_gsm8k --data-folder data"

    def rows(content: str) -> Make:
        return file_with("data/gsm8k/test.jsonl", content)

    data = rows('{"question": "What is 2 + 2?", "answer": "It is 4. #### 4"}\n')
    yield task("unknown", "--tasks hellaswagg", "did you mean 'hellaswag'")
    yield task("pattern", "--tasks local_*", "patterns are not expanded")
    yield task("all", "--tasks *", "patterns are not expanded")
    yield task("path", "--tasks ../x.yaml", "lm-eval has no task '../x.yaml'")
    yield task("fewshot alone", "--fewshot 5", "--fewshot is for tasks")
    yield task("limit alone", "--limit 5", "--limit is for tasks")
    yield task("data alone", "--data-folder data", "--data-folder is for tasks")
    yield task("folder alone", "--task-folder data", "--task-folder is for tasks")
    yield task("fewshot negative", "--tasks local_piqa --fewshot -1", "--fewshot")
    yield task("limit word", "--tasks local_piqa --limit many", "--limit")
    yield task("without data", "--tasks local_piqa", "set evaluation.data_folder")
    yield task("data missing", "--tasks local_piqa --data-folder none", "There is no file piqa/")
    yield task("folder missing", "--tasks local_piqa --task-folder none", "There is no folder")
    yield task("too few examples", "--tasks local_gsm8k --data-folder data --fewshot 8", "examples", data)
    yield task("answer without number", line, "must end in ####", rows('{"question": "What?", "answer": "x"}\n'))
    yield task("row list", line, "must be a JSON object", rows('{"question": "a", "answer": "#### 1"}\n[1]\n'))
    yield task("row broken", line, "is not JSON", rows("{\n"))
    yield task("row deep", line, "nested too deeply", rows('{"a":' * 10**5))
    yield task("device", "--text t.txt --device cuda:77", "cuda:77", file_with("t.txt", "Some text. " * 50))


def _settings() -> Iterator[BadInput]:
    for key, value, words in (
        ("budget.lyers", "3", "Did you mean 'budget.layers'"),
        ("budget.layers", "-1", "budget.layers"),
        ("budget.layers", "9" * 400, "budget.layers"),
        ("budget.percent", "101", "budget.percent"),
        ("budget.percent", "NaN", "budget.percent"),
        ("search.population", "1", "search.population"),
        ("search.population", "many", "search.population"),
        ("search.seed", "1.5", "search.seed"),
        ("search.algorithm", "evil", "evil"),
        ("search.algorithm", "../pso", "../pso"),
        ("search.objective", "evil", "it takes kl or perplexity or task"),
        ("device.dtype", "evil", "device.dtype"),
        ("calibration.window_length", "0", "calibration.window_length"),
        ("calibration.window_length", "1e99", "calibration.window_length"),
        ("calibration.source", "file", "calibration.path is empty"),
        ("calibration.source", "dataset", "calibration.dataset is empty"),
        ("recovery.learning_rate", "-1", "recovery.learning_rate"),
        ("recovery.rank", "[" * 10**4, "recovery.rank"),
        ("evaluation.fewshot", "-1", "evaluation.fewshot"),
        ("export.formats", "evil", "evil"),
        ("edge.devices", "evil", "evil"),
        ("model.source", "\udcff", "not Unicode"),
    ):
        shown = f"{value:.12}".encode(errors="replace").decode()
        yield BadInput(f"setting: {key}={shown}", (*RUN, "--set", f"{key}={value}"), words)
    yield BadInput("setting: without value", (*RUN, "--set", "search.seed"), "search.seed")
    yield given("preset: unknown", "preset project enormous", "enormous")
    yield given("stage: unknown", "run project --until frob", "frob")
    yield given("new: there already", "new project --model demo", "already a LayerSwarm project")
    yield given("new: full folder", "new model --model demo", "is not an empty folder")
    yield BadInput("new: no model", ("new", "other", "--model", " "), "--model is empty")
    yield BadInput("path: of a project", ("new", "o\udcff", "--model", "demo"), "not Unicode")
    yield BadInput("path: of an export", ("prune", "model", "--remove", "1", "--to", "o\udcff"), "not Unicode")
    yield BadInput("path: of a text", ("eval", "model", "--text", "o\udcff"), "not Unicode")


def _projects() -> Iterator[BadInput]:
    file = "project/project.layerswarm"

    def project(name: str, make: Make, words: str, code: int = 2) -> BadInput:
        return BadInput(f"project: {name}", ("runs", "project"), words, make, code)

    yield given("project: nowhere", "runs nowhere", "There is no LayerSwarm project at nowhere")
    yield project("empty", file_with(file, ""), "is damaged")
    yield project("list", file_with(file, "[]"), "is not a LayerSwarm project file")
    yield project("deep", file_with(file, "[" * 10**5), "is damaged")
    yield project("binary", file_with(file, b"\xff\xfe\x00"), "is damaged")
    yield project("half a character", file_with(file, '{"format": 1, "x": "\\ud800"}'), "is damaged")
    yield project("no format", file_with(file, '{"settings": {}}'), "no format version")
    yield project("format text", file_with(file, '{"format": "1"}'), "no format version")
    yield project("settings list", file_with(file, '{"format": 1, "settings": []}'), "cannot be used")
    yield project("newer", file_with(file, '{"format": 99, "settings": {"search": 1}}'), "newer LayerSwarm")
    yield project("number format", project_with(device__dtype="evil"), "device.dtype")
    yield project("two budgets", project_with(budget__layers=2, budget__percent=5.0), "exactly one of")
    yield project("population", project_with(search__population=-5), "search.population")
    yield project("seed", project_with(search__seed=10**400), "search.seed")
    yield project("pipe", pipe_at(file), "There is no LayerSwarm project")
    yield project("loop", link_at(file, "project.layerswarm"), "There is no LayerSwarm project")
    yield project("device", link_at(file, "/dev/zero"), "There is no LayerSwarm project")
    journal = "project/runs/0001-pso/events.jsonl"
    yield project("journal pipe", pipe_at(journal), "is a named pipe")
    yield project("journal device", link_at(journal, "/dev/zero"), "is a device")
    yield project("journal folder", folder_at(journal), "Is a directory", 1)
    yield given("run: nothing scored", "best project", "No run of project has scored anything yet")
    yield given("run: nothing found", "export project --to out", "has no run with a removal set yet")
    yield given("run: unknown", "report project --run 0007-pso", "has no run '0007-pso'")
    yield given("run: above", "report project --run ../x", "has no run '../x'")
    settings = "project/runs/0001-pso/settings.json"
    yield given("run: settings cut", "best project", "No run of project has scored", file_with(settings, "{"))
    yield given("run: settings pipe", "best project", "No run of project has scored", pipe_at(settings))


TABLE = (*_models(), *_sources(), *_texts(), *_tasks(), *_settings(), *_projects())
