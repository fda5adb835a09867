"""Recover a pruned model gap by gap: train only the layers around each gap towards the dense model's hidden states."""
