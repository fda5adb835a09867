"""Journals longer than those of a canned run."""

from collections.abc import Iterator

import msgspec

from engine.api import events as ev
from engine.api.settings import Settings
from tests.gui import canned


def long_run(settings: Settings, run: str, iterations: int) -> Iterator[ev.AnyEvent]:
    """Yield a canned run whose search has ``iterations`` iterations and whose training has as many steps."""
    whole = canned.run_events(settings, run)
    searching = [event for event in whole if isinstance(event, ev.IterationFinished)]
    training = [event for event in whole if isinstance(event, ev.RecoveryStepped)]
    for event in whole:
        if event is searching[-1]:
            yield from (
                msgspec.structs.replace(searching[place % len(searching)], iteration=place, iterations=iterations)
                for place in range(iterations)
            )
        elif event is training[-1]:
            yield from (
                msgspec.structs.replace(training[place % len(training)], step=place + 1, steps=iterations)
                for place in range(iterations)
            )
        elif not isinstance(event, ev.IterationFinished | ev.RecoveryStepped):
            yield event
