"""Decide whether a config can describe the model without a set of layers, many times as fast as making that config."""

from collections.abc import Iterator
from typing import Any

from transformers import PreTrainedConfig

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.models.families import DERIVED_LISTS, FIELD_EDITS
from engine.models.pruned_config import dense_fields, periods_break, pruned_config
from engine.models.removal import Removal


class DescribableSets:
    """The removal sets for which ``pruned_config`` finds a config; a search asks for thousands of them.

    What that function decides depends on the set by the number of layers that remain and by their entries in per-layer
    fields alone, beside the fixed periods, which are checked for each set. So it is called once for each sequence of
    entries: in most families, whose layers are all of one kind, once for each number of layers.

    Args:
        config: The content of config.json.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._known: dict[str, bool] = {}
        self._dense: PreTrainedConfig | None = None
        try:
            self._dense, self._values = dense_fields(config)
        except BadInput:
            return  # no set has a config

    def __contains__(self, removed: RemovalSet) -> bool:
        """Return whether ``pruned_config`` returns a config for the set rather than raise."""
        if self._dense is None:
            return False
        try:
            removal = Removal(self._dense.num_hidden_layers, removed)
            entries = repr((len(removal.kept), *self._entries(removal)))
        except BadInput:
            return False
        if periods_break(self._dense, removal):
            return False
        if entries not in self._known:
            self._known[entries] = self._is_describable(removed)
        return self._known[entries]

    def _entries(self, removal: Removal) -> Iterator[object]:
        """Yield what the remaining layers have in each per-layer field."""
        for field, value in self._values.items():
            yield FIELD_EDITS[field](value, removal)
        for field in DERIVED_LISTS:
            per_layer = getattr(self._dense, field, None)
            if isinstance(per_layer, list | tuple) and len(per_layer) >= removal.layers:
                yield removal.take(per_layer)

    def _is_describable(self, removed: RemovalSet) -> bool:
        try:
            pruned_config(self._config, removed)
        except BadInput:
            return False
        return True
