"""Files that are shown or filled in, not run: icons, colours, templates."""
