"""How an exported folder is used, by its format: for the model card."""

from collections.abc import Mapping

_CAUSAL = "AutoModelForCausalLM"
_USES: Mapping[str, tuple[str, str]] = {
    "safetensors": (
        "plain safetensors, nothing more is needed to load it",
        """```python
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("path/to/this/folder")
tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")
```""",
    ),
    "gguf": (
        "a GGUF file for llama.cpp and all that is built on it",
        """```
llama-cli -m FILE.gguf -p "Once upon a time"
```

A current llama.cpp is needed where the model has sliding windows: older ones guess which layers have them.""",
    ),
    "onnx_genai": (
        "for ONNX Runtime GenAI",
        """```python
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
```""",
    ),
    "onnx": (
        "an ONNX graph, with its cache as inputs and outputs",
        """```python
import onnxruntime

session = onnxruntime.InferenceSession("path/to/this/folder/model.onnx")
```

The inputs `input.past_key_values.layers.N.keys` and `.values` take the outputs of the same names of the step before; at
first they are empty.""",
    ),
    "openvino": (
        "for OpenVINO, which keeps the cache within the model",
        """```python
import openvino

model = openvino.Core().compile_model("path/to/this/folder/openvino_model.xml", "CPU")
```""",
    ),
}


def words_for(file_format: str, loader: str) -> dict[str, str]:
    """Return what the model card says about a format: ``made_for`` and ``use``.

    Args:
        file_format: Such as ``gguf:q8_0``.
        loader: The transformers class that loads the source's kind of model.
    """
    key = file_format.partition(":")[0]
    made_for, use = _USES[{"gguf_in_place": "gguf", "safetensors_text": "safetensors"}.get(key, key)]
    return {"made_for": made_for, "use": use if key == "safetensors_text" else use.replace(_CAUSAL, loader)}
