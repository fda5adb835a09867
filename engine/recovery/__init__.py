"""LoRA recovery of a pruned model, taught by the dense model that shares its weights."""

import logging

# Where bitsandbytes is installed, peft imports it, and it complains about CPUs that nobody wants to use it on.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
