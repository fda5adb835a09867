"""Text and numbers as the window shows them, in English and German."""
