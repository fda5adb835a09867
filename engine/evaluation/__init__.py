"""Measure a model: perplexity, KL from the dense model, speed, memory, benchmark tasks."""
