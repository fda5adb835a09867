"""What each decoder layer does, what its removal costs, and which layers may be removed."""
