"""A model folder and the model in it.

Start at ``folder`` (files), ``inventory`` (what each stored tensor is for), ``loading`` (weights into memory),
``decoder_stack`` (one layer at a time), ``surgery`` and ``pruned_config`` (removing layers), ``families`` (what each
config field needs when layers are removed), ``sizes`` (counted parameters and bytes) and ``devices``.
"""

import logging

# peft imports bitsandbytes if it is installed, which then warns about CPUs that nobody wants to use it on.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
