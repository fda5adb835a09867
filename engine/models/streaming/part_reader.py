"""Read the weights of a part of a model from its folder, renamed and converted by transformers' own loader."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from transformers import PreTrainedModel
from transformers.conversion_mapping import get_model_conversion_mapping
from transformers.core_model_loading import convert_and_load_state_dict_in_model
from transformers.modeling_utils import LoadStateDictConfig

from engine.models.inventory import Stored
from engine.models.quiet import quiet_transformers
from engine.models.weight_files import read_tensor


class PartReader:
    """Reads weights by the tensors that they are stored in; used by one thread at a time.

    Args:
        skeleton: The model on the meta device, in the number formats that it is loaded in. It belongs to the reader.
        device: Device of the weights.
        dtype: Number format that the model is loaded in.
    """

    def __init__(self, skeleton: PreTrainedModel, device: str, dtype: torch.dtype) -> None:
        self._skeleton = skeleton
        self._formats = {name: tensor.dtype for name, tensor in skeleton.state_dict().items()}
        self._how = LoadStateDictConfig(
            device_map={"": device},
            dtype=dtype,
            dtype_plan=skeleton._get_dtype_plan(dtype),
            weight_mapping=get_model_conversion_mapping(skeleton),  # type: ignore[arg-type]  # typed by its base class
        )

    def read(self, stored: Iterable[Stored]) -> dict[str, Tensor]:
        """Return the parameters and buffers that the tensors become, by their names in the model.

        The bytes are read, not mapped: a mapped file would be read when the layer is applied, page by page.
        """
        stored = list(stored)
        plain = {each.parameter: self._formatted(each) for each in stored if not each.converted}
        return plain | self._converted([each for each in stored if each.converted])

    def _formatted(self, stored: Stored) -> Tensor:
        return read_tensor(stored.file, stored.entry).to(self._formats[stored.parameter])

    def _converted(self, stored: Iterable[Stored]) -> dict[str, Tensor]:
        """Return what several tensors become together, such as the experts of a layer."""
        tensors = {each.name: read_tensor(each.file, each.entry) for each in stored}
        if not tensors:
            return {}
        with _cycles_collected(), quiet_transformers():
            convert_and_load_state_dict_in_model(self._skeleton, tensors, self._how)
        return dict(self._taken())

    def _taken(self) -> Iterable[tuple[str, Tensor]]:
        """Yield what was loaded into the skeleton, and empty the skeleton again."""
        for path, module in self._skeleton.named_modules(remove_duplicate=False):
            for places in (module._parameters, module._buffers):
                for name, tensor in places.items():
                    if tensor is not None and not tensor.is_meta:
                        yield f"{path}.{name}" if path else name, tensor.detach()
                        places[name] = _empty_like(tensor)


@contextmanager
def _cycles_collected() -> Iterator[None]:
    """Collect the reference cycles of a ``with`` block at its end: the loader's would keep several layers in memory.

    Nothing is collected meanwhile, so that they are young then: a collection of all objects takes a fifth of a second.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if enabled:
            gc.enable()


def _empty_like(tensor: Tensor) -> Any:
    empty = torch.empty_like(tensor, device="meta")
    return torch.nn.Parameter(empty, requires_grad=False) if isinstance(tensor, torch.nn.Parameter) else empty
