"""Recover a pruned model by LoRA, with the dense model that shares its weights as the teacher."""
