"""Sources, the decoder-stack view of any causal language model, surgery and sizes."""

import logging

# Where bitsandbytes is installed, peft imports it, and it complains about CPUs that nobody wants to use it on.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
