"""Inspect PEFT adapters and merge them into their base model."""
