"""What each decoder layer does, and what happens when it alone is removed."""
