"""Sources, the decoder-stack view of any causal language model, surgery and sizes."""
