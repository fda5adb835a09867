"""Write an export's own description: ``layerswarm.json`` for programs, README.md for people."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from engine.api.errors import in_one_line
from engine.api.events import ExportWritten, RemovalSet
from engine.api.export_targets import export_target
from engine.api.files import write_atomically
from engine.api.settings import Variant
from engine.api.version import VERSION
from engine.export.companions import CARD_FILE
from engine.export.rehearsed import installed_version
from engine.model_files.folder_content import read_json
from engine.models.companion_files import MANIFEST_FILE
from engine.models.description import base_model_of, front_matter, licence_of
from engine.models.folder import ModelFolder
from engine.models.removal import Removal
from engine.models.sizes import ModelSizes
from engine.models.skeleton import stock_loader
from engine.results.check_titles import check_title

MANIFEST_FORMAT = 1
_CAUSAL = "AutoModelForCausalLM"
_PACKAGES = ("torch", "transformers", "safetensors", "peft")


@dataclass(frozen=True)
class ExportFacts:
    """Counts of an export: the dense model, the layers that are removed, and what is left."""

    source: ModelFolder
    variant: Variant
    removal: Removal
    dense: ModelSizes
    parameters: int
    bytes: int

    @property
    def removed(self) -> RemovalSet:
        """The removal set."""
        return self.removal.removed

    def written(self, folder: Path, file_format: str, size: int) -> ExportWritten:
        """Return the event that reports this export.

        Args:
            folder: Where it is.
            file_format: Such as ``gguf:q8_0``.
            size: Its bytes on disk.
        """
        return ExportWritten(
            folder=str(folder),
            format=file_format,
            variant=self.variant,
            layers=len(self.removal.kept),
            removed=self.removed,
            parameters=self.parameters,
            bytes=size,
        )


def write_manifest(facts: ExportFacts, given: Mapping[str, object], target: Path) -> dict[str, Any]:
    """Write ``layerswarm.json`` into an export's folder and return its content; see ``manifest_content``."""
    content = manifest_content(facts, given)
    text = json.dumps(content, indent=2, ensure_ascii=False)
    write_atomically(target / MANIFEST_FILE, text.encode() + b"\n")
    return content


def manifest_content(facts: ExportFacts, given: Mapping[str, object]) -> dict[str, Any]:
    """Return what ``layerswarm.json`` holds: our own counts, and what the caller gives.

    A source that was itself exported by LayerSwarm has its manifest kept under ``previous``.

    Args:
        facts: The counts.
        given: Further content, such as settings, score and figures.
    """
    own: dict[str, object] = {
        "format": MANIFEST_FORMAT,
        "variant": facts.variant,
        "source": facts.source.source,
        "source_name": facts.source.name,
        "source_digest": facts.source.digest,
        "removed": facts.removed,
        "layers_before": facts.removal.layers,
        "layers": len(facts.removal.kept),
        "parameters_before": facts.dense.parameters,
        "parameters": facts.parameters,
        "bytes_before": facts.dense.bytes,
        "bytes": facts.bytes,
        "versions": {"layerswarm": VERSION} | {name: found for name in _PACKAGES if (found := installed_version(name))},
    }
    earlier = facts.source.path / MANIFEST_FILE
    previous = {"previous": read_json(earlier)} if earlier.is_file() else {}
    repeat = {"repeat": _repeat(facts, given)}
    content: dict[str, Any] = msgspec.to_builtins({**given, **previous, **own, **repeat})
    return content


def _repeat(facts: ExportFacts, given: Mapping[str, object]) -> str:
    """Return the command that makes the pruned model of this export again."""
    removed = ",".join(map(str, facts.removed))
    words = ["layerswarm", "prune", facts.source.source, "--remove", removed, "--to", "FOLDER"]
    revision, file_format = given.get("revision"), given.get("file_format")
    words += ["--revision", str(revision)] if revision and revision != "main" else []
    words += ["--format", str(file_format)] if file_format else []
    return shlex.join(words)


def write_card(facts: ExportFacts, manifest: Mapping[str, Any], target: Path, name: str) -> None:
    """Write the model card.

    Args:
        facts: The counts.
        manifest: From ``write_manifest``. Its ``figures`` (variant -> name -> number), if any, become a table.
        target: The export's folder.
        name: Title of the card.
    """
    figures: Mapping[str, Mapping[str, object]] = manifest.get("figures") or {}
    rows = list(dict.fromkeys(name for column in figures.values() for name in column))
    licence, base_model = licence_of(facts.source.path), base_model_of(facts.source)
    card = _card_template().render(
        manifest=manifest,
        name=in_one_line(name),
        licence=in_one_line(licence),
        front_matter=front_matter(
            {
                "library_name": "transformers",
                "pipeline_tag": "text-generation",
                "license": licence,
                "base_model": base_model,
                "tags": ["layerswarm", "pruned"],
            }
        ),
        figures=figures,
        rows=rows,
        reduction=100.0 * (1.0 - facts.bytes / facts.dense.bytes),
        **_usage(str(manifest.get("file_format", "safetensors")), stock_loader(facts.source.config())),
    )
    write_atomically(target / CARD_FILE, card.encode() + b"\n")


@cache
def _card_template() -> jinja2.Template:
    template = resources.files("resources").joinpath("templates", "model_card.md.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters["figure"] = _figure
    environment.filters["check_title"] = check_title
    return environment.from_string(template)


def _usage(file_format: str, loader: str) -> dict[str, str]:
    """Return what the card states of a format.

    Args:
        file_format: Such as ``gguf:q8_0``.
        loader: The transformers class that loads the source's kind of model.
    """
    target = export_target(file_format.partition(":")[0])
    use = target.usage if target.text_only else target.usage.replace(_CAUSAL, loader)
    return {"made_for": target.made_for, "use": use}


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
