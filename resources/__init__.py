"""Files that are shown, filled in, or run by another program: icons, colours, templates, scripts."""
