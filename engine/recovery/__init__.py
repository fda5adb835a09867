"""LoRA recovery of a pruned model, taught by the dense model that shares its weights."""
