"""Work that would block the window: in a thread of the pool, or step by step in the event loop."""
