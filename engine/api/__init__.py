"""The contract of the engine: settings, events, commands, journal and project. It never imports torch."""
