"""The window around the pages: actions, menus, preferences, and everything that opens or closes it."""
