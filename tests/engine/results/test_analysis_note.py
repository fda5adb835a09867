"""Estimated figures of the analysis are called so."""

from engine.api.events import LayerAnalysed
from engine.results.analysis_note import analysis_note, estimated_words


def analysed(layer: int, estimated_from: int | None) -> LayerAnalysed:
    return LayerAnalysed(
        layer=layer,
        block_influence=0.1,
        angular_distance=0.1,
        kl=0.5,
        perplexity=9.0,
        parameters=1,
        bytes=2,
        seconds=0.1,
        estimated_from=estimated_from,
    )


def test_the_layers_that_were_measured_are_named() -> None:
    layers = {layer: analysed(layer, found) for layer, found in enumerate([2, None, None, 6, 2])}
    note = analysis_note(layers)
    assert "for the layers 1–2." in note
    assert "(2, 6)" in note
    assert estimated_words(layers[0]) == " (estimated from 2 windows)"
    assert estimated_words(layers[1]) == ""


def test_nothing_is_said_where_all_was_measured() -> None:
    assert analysis_note({0: analysed(0, None)}) == ""
    assert analysis_note({}) == ""
