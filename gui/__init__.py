"""The window. It imports ``engine.api`` only; the model libraries live in the engine's own process."""
