"""Detect quantised weights by their tensors, and dequantise them to bfloat16."""
