"""Run by another Python process that has transformers 4.57 in front of its path: writes models, and answers for them.

``python -m tests.engine.export.old_transformers FOLDER FAMILY...`` saves the tiny families as the Hub has them, prints
``written``, reads names of folders from standard input, one a line, loads each, and leaves its logits, tokens and
tokenizer's words in ``answer.pt``.
"""

import sys
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


def main(target: str, *families: str) -> None:
    """Do what the command line says."""
    transformers.utils.logging.set_verbosity_error()
    print("transformers", transformers.__version__)
    for family in families:
        save_tiny(family, Path(target) / family)
    print("written", flush=True)
    for folder in map(Path, sys.stdin.read().splitlines()):
        torch.save(answer(folder), folder / ANSWER_FILE)


if __name__ == "__main__":
    main(*sys.argv[1:])
