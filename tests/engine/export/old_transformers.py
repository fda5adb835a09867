"""Run by another Python process that has transformers 4.57 in front of its path: writes models, and answers for them.

``python -m tests.engine.export.old_transformers write FOLDER FAMILY...`` saves the tiny families as the Hub has them;
``... answer FOLDER...`` loads each and leaves its logits, tokens and tokenizer's words in ``FOLDER/answer.pt``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import torch
import transformers

from tests.engine.export.tokens import TOKENS
from tests.engine.tiny_models import save_tiny

ANSWER_FILE = "answer.pt"
PROMPT = "Layers go."
NEW_TOKENS = 6


def answer(folder: Path) -> dict[str, object]:
    """The logits [batch, length, vocabulary], greedily written tokens with the cache, and an encoded text.

    In plain attention: the versions differ in what their fast one does with Gemma 2's soft cap, pruned or not.
    """
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager").eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    with torch.no_grad():
        logits = model(input_ids=TOKENS, use_cache=False).logits
        written = model.generate(TOKENS[:1], do_sample=False, max_new_tokens=NEW_TOKENS, min_new_tokens=NEW_TOKENS)
    return {"logits": logits.float(), "written": written, "encoded": tokenizer(PROMPT).input_ids}


def main(verb: str, arguments: Sequence[str]) -> None:
    """Do what the command line says."""
    transformers.utils.logging.set_verbosity_error()
    print("transformers", transformers.__version__)
    if verb == "write":
        for family in arguments[1:]:
            save_tiny(family, Path(arguments[0]) / family)
        return
    for folder in map(Path, arguments):
        torch.save(answer(folder), folder / ANSWER_FILE)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
