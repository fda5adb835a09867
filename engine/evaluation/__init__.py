"""Measuring a model: perplexity, nearness to the dense model, speed, memory, benchmark tasks."""
