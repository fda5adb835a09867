"""The tokens that every exported model is asked about."""

import torch

from tests.engine.tiny_families import VOCABULARY

TOKENS = torch.randint(3, VOCABULARY, (2, 24), generator=torch.Generator().manual_seed(0))
