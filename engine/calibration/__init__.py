"""Texts become token windows; a model writes its own text when no other is given."""
