"""Work that would block the window: run in the thread pool or step by step in the event loop."""
