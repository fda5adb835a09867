"""The runtimes that exported models are for, each asked in a process of its own what the model answers there."""
