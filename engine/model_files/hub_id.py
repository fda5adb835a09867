"""The form of a model's name on the Hugging Face Hub."""

import re

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
"""``organisation/name``."""
