"""Dequantise a checkpoint once into a bfloat16 safetensors folder in the cache, tensor by tensor.

A few million weights are in memory at a time, whatever the size of the model.
"""

import copy
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import torch
from torch import Tensor

from engine.api.errors import BadInput, quoted
from engine.api.files import write_atomically
from engine.api.message import Message, worded
from engine.model_files.folder_content import read_json, weight_headers, weight_index
from engine.model_files.origin import Origin
from engine.model_files.safetensors_header import Header, TensorEntry, pack_header
from engine.models.file_range import copy_range
from engine.models.folder import folder_digest
from engine.models.inventory import check_complete
from engine.models.load_report import report_loading
from engine.models.progress import Report
from engine.models.skeleton import build_skeleton
from engine.sources.made_folder import check_room, content_key, copy_small_files, made_once, small_files
from engine.sources.quantised.dequantise import StoredTensors, plain_rows, plain_shape
from engine.sources.quantised.detection import CONFIG_KEYS, QUANTISER_FILES, Quantisation
from engine.sources.quantised.plain_weights import QuantisedWeight

Layout = dict[str, tuple[str, tuple[int, ...], int]]
"""Type, shape and bytes of each tensor of a file to write, by name."""
_BYTES = 2
"""Bytes of a number in bfloat16."""


def dequantised_folder(source: Path, quantisation: Quantisation, report: Report) -> Path:
    """Return the plain form of the model in ``source``; computed on first use, found in the cache afterwards.

    Args:
        source: A folder that ``check_model`` has found quantised.
        quantisation: What it has found.
        report: Called with the progress.

    Raises:
        BadInput: The stored scales do not fit the weights, or the weights do not fit the config.
        LayerSwarmError: The disk has too little room.
    """
    beside = [source / name for name in QUANTISER_FILES if (source / name).is_file()]
    key = content_key([folder_digest(source)], [*small_files(source), *beside])
    note = worded("The weights were quantised ({0}) and are dequantised to bfloat16.", quantisation.name)
    rewrite = _Rewrite(source, quantisation, report)
    return made_once("dequantised", key, Origin(source.name, (note,)), rewrite.write)


def plain_config(config: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of config.json's content with bfloat16 and without quantisation, in nested sections too."""
    plain = copy.deepcopy(config)
    for section in (plain, *(value for value in plain.values() if isinstance(value, dict))):
        for key in CONFIG_KEYS:
            section.pop(key, None)
        for key in ("dtype", "torch_dtype"):
            if key in section:
                section[key] = "bfloat16"
    return plain


class _Rewrite:
    """Writes the plain folder, and reports the bytes written."""

    def __init__(self, source: Path, quantisation: Quantisation, report: Report) -> None:
        assert quantisation.plan is not None
        self._source, self._report = source, report
        self._plan, self._stated = quantisation.plan, quantisation.stated
        self._done = self._total = 0

    def write(self, target: Path) -> None:
        """Write weights, config and small files.

        Raises:
            BadInput: The stored scales do not fit the weights, or the weights do not fit the config.
            LayerSwarmError: The disk has too little room.
        """
        with StoredTensors() as stored:
            layouts = [(file, header, self._layout(header, stored)) for file, header in weight_headers(self._source)]
            self._total = sum(size for _, _, layout in layouts for _, _, size in layout.values())
            self._check_fit({name: shape for _, _, layout in layouts for name, (_, shape, _) in layout.items()})
            check_room(self._total, worded("The dequantised form of {0}", self._source.name))
            self._advance(0)
            for file, header, layout in layouts:
                self._write_file(file, header, layout, target / file.name, stored)
        index = weight_index(self._source)
        if index is not None:
            weight_map = {name: file.name for file, _, layout in layouts for name in layout}
            self._write_index(target / index.name, weight_map)
        config = plain_config(read_json(self._source / "config.json"))
        write_atomically(target / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
        copy_small_files(self._source, target)
        self._report(worded("{0} is dequantised", self._source.name), self._total, self._total)

    def _check_fit(self, shapes: dict[str, tuple[int, ...]]) -> None:
        """Check before any work that the plain weights would load."""
        skeleton = build_skeleton(plain_config(read_json(self._source / "config.json")))
        check_complete(self._source, report_loading(skeleton, shapes))

    def _layout(self, header: Header, stored: StoredTensors) -> Layout:
        """Return the plain tensors of one file, in the order of their bytes."""
        layout: Layout = {}
        for entry in header.tensors:
            weight = self._plan.weights.get(entry.name)
            if weight is not None:
                shape = plain_shape(weight, stored)
                layout[weight.name] = ("BF16", shape, math.prod(shape) * _BYTES)
            elif entry.name not in self._plan.dropped:
                layout[entry.name] = (entry.dtype, entry.shape, entry.size)
        return layout

    def _write_file(self, file: Path, header: Header, layout: Layout, target: Path, stored: StoredTensors) -> None:
        if not layout:  # it held only scales
            return
        with file.open("rb") as origin, target.open("wb") as out:
            out.write(pack_header(layout, {**header.metadata, "format": "pt"}))
            for entry in header.tensors:
                weight = self._plan.weights.get(entry.name)
                if weight is not None:
                    self._compute(weight, layout[weight.name][2], stored, out)
                elif entry.name in layout:
                    self._copy(origin, entry, out)
            out.flush()
            os.fsync(out.fileno())

    def _compute(self, weight: QuantisedWeight, size: int, stored: StoredTensors, out: BinaryIO) -> None:
        rows = plain_rows(weight, self._stated, stored)
        while (part := self._next(weight, rows)) is not None:
            out.write(part.view(torch.uint8).numpy().data)
            self._advance(part.nbytes)
            size -= part.nbytes
        if size:
            raise _unfit(weight, worded("its size does not match its shape"))

    @staticmethod
    def _next(weight: QuantisedWeight, rows: Iterator[Tensor]) -> Tensor | None:
        try:
            part = next(rows, None)
            return None if part is None else part.contiguous()
        except (
            ValueError,
            RuntimeError,
            IndexError,
        ) as error:  # torch raises the latter two for shapes that do not match
            raise _unfit(weight, quoted(error, 200)) from error

    def _copy(self, origin: BinaryIO, entry: TensorEntry, out: BinaryIO) -> None:
        for size in copy_range(origin, entry.start, entry.size, out):
            self._advance(size)

    def _advance(self, size: int) -> None:
        self._done += size
        self._report(worded("Dequantising {0}", self._source.name), self._done, self._total)

    def _write_index(self, file: Path, weight_map: dict[str, str]) -> None:
        index = {"metadata": {"total_size": self._total}, "weight_map": dict(sorted(weight_map.items()))}
        write_atomically(file, json.dumps(index, indent=2).encode() + b"\n")


def _unfit(weight: QuantisedWeight, reason: Message) -> BadInput:
    return BadInput(
        worded(
            "'{0}' in {1} cannot be dequantised: {2}; download or copy the model again, or give its unquantised "
            "folder.",
            weight.name,
            weight.codes.file,
            reason,
        )
    )
