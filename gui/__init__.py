"""The window. It imports only ``engine.api`` and ``engine.results``; model libraries run in the engine's process."""
