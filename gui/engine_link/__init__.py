"""The window's side of the engine: its processes, jobs and events."""
