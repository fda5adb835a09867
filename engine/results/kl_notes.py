"""Sentences that state over which outcomes a shown KL divergence is taken."""

KL_NOTE = "KL is taken over the dense model's 512 most likely tokens and one outcome for all others."
"""For the search, the analysis and the held-out windows."""
RECOVERY_KL_NOTE = (
    "LoRA training with the dense model as teacher. A KL loss is taken over the dense model's 256 most likely tokens "
    "and one outcome for all others, validation KL over the whole vocabulary; the validation windows choose the step "
    "that is kept."
)
"""For a training by LoRA and its validation windows."""
LOCAL_RECOVERY_NOTE = (
    "Local distillation of the layers around each gap with the dense model as teacher. The loss is the squared "
    "distance of the hidden states behind these layers, relative to the dense model's; validation KL is taken over the "
    "whole vocabulary, and the validation windows choose the step of each gap that is kept."
)
"""For a training by local distillation."""
