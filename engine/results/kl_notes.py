"""Sentences that state over which outcomes a shown KL divergence is taken."""

KL_NOTE = "KL is taken over the dense model's 512 most likely tokens and one outcome for all others."
"""For the search, the analysis and the held-out windows."""
RECOVERY_KL_NOTE = (
    "A KL loss is taken over the dense model's 256 most likely tokens and one outcome for all others, validation KL "
    "over the whole vocabulary; the validation windows choose the step that is kept."
)
"""For the training and its validation windows."""
