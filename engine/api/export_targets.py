"""The export formats: LayerSwarm's own, and those that other installed distributions register.

``ExportTargetFound`` events state which of them can be written on a computer.
"""

import difflib
from collections.abc import Iterable
from functools import cache

import msgspec

from engine.api.errors import BadInput
from engine.api.export_target import ExportFormat as ExportFormat
from engine.api.export_target import ExportTarget as ExportTarget
from engine.api.export_target import Precision as Precision
from engine.api.export_target import checked_target
from engine.api.message import Message, joined, worded
from engine.api.plugins import load_plugins, refuse_taken

_TITLES_IN_WORDS = (worded("Safetensors, text part alone"), worded("GGUF, as it came"))
GROUP = "layerswarm.export_targets"
"""Entry point group in which a distribution registers an ``ExportTarget``; see docs/adding_a_format.md."""

# Each allowed_kl is some three times what was measured on a model of 135 M parameters, the smallest that people use and
# the hardest to quantise (docs/benchmarks). A wrong graph gives several nats.
_SOURCE = Precision(key="", title="As the source", bits=0.0)
_F32 = Precision(
    key="f32", title="F32", bits=32.0, explanation="exact, large", allowed_kl=0.001, allowed_preference=0.01
)
_F16 = Precision(
    key="f16", title="F16", bits=16.0, explanation="as good as exact", allowed_kl=0.005, allowed_preference=0.2
)
_BF16 = Precision(
    key="bf16",
    title="BF16",
    bits=16.0,
    explanation="the weights as most models come",
    allowed_kl=0.02,
    allowed_preference=0.2,
)
_Q8_0 = Precision(
    key="q8_0", title="Q8_0", bits=8.5, explanation="nearly the same model at half the size", allowed_kl=0.1
)
_Q6_K = Precision(key="q6_k", title="Q6_K", bits=6.5625, allowed_kl=0.2)
_Q5_K_M = Precision(key="q5_k_m", title="Q5_K_M", bits=5.7, allowed_kl=0.4)
_Q5_1 = Precision(key="q5_1", title="Q5_1", bits=6.0, allowed_kl=0.5)
_Q5_0 = Precision(key="q5_0", title="Q5_0", bits=5.5, allowed_kl=0.5)
_Q4_K_M = Precision(
    key="q4_k_m", title="Q4_K_M", bits=4.85, explanation="the usual choice for small devices", allowed_kl=0.8
)
_Q4_1 = Precision(key="q4_1", title="Q4_1", bits=5.0, allowed_kl=1.5)
_Q4_0 = Precision(key="q4_0", title="Q4_0", bits=4.5, explanation="smallest and fastest on ARM", allowed_kl=1.5)
_FP32 = Precision(
    key="fp32", title="FP32", bits=32.0, explanation="exact, large", allowed_kl=0.001, allowed_preference=0.01
)
_INT8 = Precision(key="int8", title="INT8", bits=8.25, explanation="nearly the same model", allowed_kl=0.15)
_INT4 = Precision(key="int4", title="INT4", bits=4.5, explanation="smallest", allowed_kl=1.5)
_SAFETENSORS_USE = """### transformers

```python
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("path/to/this/folder")
tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")
```"""
_GGUF_USE = """### llama.cpp

```
llama-cli -m FILE.gguf -p "Once upon a time"
```

A current llama.cpp is needed where the model has sliding windows: older ones guess which layers have them.

### Ollama

```
ollama create MODEL -f Modelfile
ollama run MODEL
```

The Modelfile beside the file holds the chat template and the parameters.

### LM Studio

```
lms import --copy FILE.gguf
```

It is then listed among the models. Without `--copy` the file is moved."""
_ONNX_GENAI_USE = """### ONNX Runtime GenAI

```python
import onnxruntime_genai as og

model = og.Model("path/to/this/folder")
tokenizer = og.Tokenizer(model)
params = og.GeneratorParams(model)
params.set_search_options(max_length=100)
generator = og.Generator(model, params)
generator.append_tokens(tokenizer.encode("Once upon a time"))
while not generator.is_done():
    generator.generate_next_token()
print(tokenizer.decode(generator.get_sequence(0)))
```"""
_ONNX_USE = """### ONNX Runtime

```python
import onnxruntime

session = onnxruntime.InferenceSession("path/to/this/folder/model.onnx")
```

The inputs `input.past_key_values.layers.N.keys` and `.values` take the outputs of the same names of the step before; at
first they are empty."""
_OPENVINO_USE = """### OpenVINO

```python
import openvino

model = openvino.Core().compile_model("path/to/this/folder/openvino_model.xml", "CPU")
```"""
BUILT_IN: tuple[ExportTarget, ...] = (
    ExportTarget(
        key="safetensors",
        title="Safetensors",
        explanation="A plain model folder for transformers and everything built on it.",
        precisions=(_SOURCE,),
        writer="",
        made_for="plain safetensors, nothing more is needed to load it",
        usage=_SAFETENSORS_USE,
        scratch="none",
    ),
    ExportTarget(
        key="safetensors_text",
        title="Safetensors, text part alone",
        explanation="The text decoder of a multimodal model as a plain language model, without the towers around it.",
        precisions=(_SOURCE,),
        writer="engine.export.targets.text_part:TextPart",
        made_for="plain safetensors, nothing more is needed to load it",
        usage=_SAFETENSORS_USE,
        text_only=True,
    ),
    ExportTarget(
        key="gguf",
        title="GGUF",
        explanation="One file for llama.cpp, Ollama, LM Studio and others: computers, boards and phones.",
        precisions=(_F16, _BF16, _F32, _Q8_0, _Q6_K, _Q5_K_M, _Q5_1, _Q5_0, _Q4_K_M, _Q4_1, _Q4_0),
        writer="engine.export.targets.gguf:Gguf",
        made_for="a GGUF file for llama.cpp and all that is built on it",
        usage=_GGUF_USE,
        holds_tokenizer=True,
        scratch="stored",
        in_memory="file",
        extra="gguf-export",
    ),
    ExportTarget(
        key="gguf_in_place",
        title="GGUF, as it came",
        explanation="The GGUF file that the model came from without the removed layers; the others stay byte for byte.",
        precisions=(_SOURCE,),
        writer="engine.export.targets.gguf_in_place:GgufInPlace",
        made_for="a GGUF file for llama.cpp and all that is built on it",
        usage=_GGUF_USE,
        holds_tokenizer=True,
        in_memory="file",
    ),
    ExportTarget(
        key="onnx_genai",
        title="ONNX Runtime GenAI",
        explanation="A folder for ONNX Runtime's own text generation: Windows, Android, iOS, Linux.",
        precisions=(_INT4, _INT8, _FP32),
        writer="engine.export.targets.onnx_genai:OnnxGenAi",
        made_for="for ONNX Runtime GenAI",
        usage=_ONNX_GENAI_USE,
        extra="onnx",
    ),
    ExportTarget(
        key="onnx",
        title="ONNX",
        explanation="A plain ONNX graph with its cache as inputs, for any kind of model; your program runs the loop.",
        precisions=(_FP32,),
        writer="engine.export.targets.exporters:ONNX",
        made_for="an ONNX graph, with its cache as inputs and outputs",
        usage=_ONNX_USE,
        extra="onnx",
    ),
    ExportTarget(
        key="openvino",
        title="OpenVINO",
        explanation="For Intel processors, graphics and NPUs; for any kind of model.",
        precisions=(_INT8, _INT4, _FP32),
        writer="engine.export.targets.exporters:OPENVINO",
        made_for="for OpenVINO, which keeps the cache within the model",
        usage=_OPENVINO_USE,
        extra="openvino",
    ),
)


@cache
def _installed() -> tuple[tuple[ExportTarget, ...], tuple[Message, ...]]:
    """Return all formats, and a sentence for each registered one that cannot be used."""
    check = refuse_taken(checked_target, BUILT_IN, "another format has the key '{0}' already")
    plugins = load_plugins(GROUP, check)
    added = (msgspec.structs.replace(each.value, provider=each.distribution) for each in plugins.loaded)
    return (*BUILT_IN, *added), plugins.faults


def export_targets() -> tuple[ExportTarget, ...]:
    """Return every format that this installation has, LayerSwarm's own first."""
    return _installed()[0]


def title_words(target: ExportTarget) -> str:
    """Return the title of a format, as a message where it consists of words and not of a name."""
    return next((title for title in _TITLES_IN_WORDS if title == target.title), target.title)


def target_faults() -> tuple[Message, ...]:
    """Return a sentence for each format that another distribution registers and that cannot be used."""
    return _installed()[1]


def export_target(key: str) -> ExportTarget:
    """Return the target of that key.

    Raises:
        BadInput: There is none; the message names the nearest one, and registered formats that cannot be used.
    """
    found = next((target for target in export_targets() if target.key == key), None)
    if found is not None:
        return found
    keys = [target.key for target in export_targets()]
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
    refusal = (
        worded("There is no export format '{0}'; did you mean '{1}'?", key, near[0])
        if near
        else worded(
            "There is no export format '{0}'; install the package that provides it, or choose one of {1}.",
            key,
            ", ".join(keys),
        )
    )
    raise BadInput(joined(refusal, *target_faults()))


def read_format(text: str) -> ExportFormat:
    """Read ``safetensors``, ``gguf:q8_0`` or, for the target's first precision, ``gguf``.

    Raises:
        BadInput: There is no such target or precision.
    """
    key, _, precision = text.strip().lower().partition(":")
    target = export_target(key)
    known = [each.key for each in target.precisions]
    if not precision:
        return ExportFormat(target=key, precision=known[0])
    if precision not in known:
        raise BadInput(
            worded("{0} cannot be written in '{1}'; choose one of {2}.", target.title, precision, ", ".join(known))
        )
    return ExportFormat(target=key, precision=precision)


def read_formats(texts: Iterable[str]) -> tuple[ExportFormat, ...]:
    """Read several formats, each once.

    Raises:
        BadInput: One of them does not exist.
    """
    return tuple(dict.fromkeys(map(read_format, texts)))
