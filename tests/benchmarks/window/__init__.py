"""A stand-in for the engine that floods the window with events, and the long journals that it replays."""
