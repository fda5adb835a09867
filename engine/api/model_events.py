"""The event that describes the model of a project."""

import msgspec

from engine.api.event import Event
from engine.api.message import Template, template_of


class ModelPrepared(Event, frozen=True, kw_only=True):
    """The source is available as a folder of safetensors; sizes are counted from its tensors."""

    source: str
    name: str
    folder: str
    digest: str
    model_type: str
    architecture: str
    licence: str
    layers: int
    hidden_size: int
    vocabulary: int
    context_length: int
    dtype: str
    parameters: int
    bytes: int
    layer_parameters: tuple[int, ...]
    layer_bytes: tuple[int, ...]
    kv_elements: int = 0
    """Key and value elements that one token adds to the cache, over all layers; 0 where unknown."""
    needed_layers: tuple[int, ...] = ()
    """Layers that cannot be removed whatever the settings protect, such as a hybrid's only attention layer."""
    notes: tuple[str, ...] = ()
    """Sentences on peculiarities of the files: tensors that exports leave out, a head that is not tied."""
    note_templates: tuple[Template | None, ...] = ()
    """What each of them was made of, for readers in other languages; empty in journals of earlier versions."""

    def __post_init__(self) -> None:
        """Keep what notes that are messages were made of."""
        if self.notes and not self.note_templates:
            msgspec.structs.force_setattr(self, "note_templates", tuple(map(template_of, self.notes)))
            msgspec.structs.force_setattr(self, "notes", tuple(map(str, self.notes)))
