"""The stages of a run in order, and every other job that the engine does; what is done is not done again."""
