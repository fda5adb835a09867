"""What the outside may import: settings, events, commands and the project. No torch here, so it starts at once."""
