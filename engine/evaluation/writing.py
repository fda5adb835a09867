"""What a model writes after a prompt."""

import torch
from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerBase


@torch.no_grad()
def continuation(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompt: str, tokens: int) -> str:
    """The likeliest token each time, up to ``tokens`` of them or the mark of an end; without the prompt."""
    read = tokenizer(prompt, return_tensors="pt")["input_ids"].to(model.device)
    cache = DynamicCache(config=model.config)
    written: list[int] = []
    while len(written) < tokens:
        logits = model(input_ids=read, past_key_values=cache, use_cache=True).logits[:, -1:]
        read = logits.argmax(-1)
        written.append(int(read))
        if written[-1] == tokenizer.eos_token_id:
            break
    return str(tokenizer.decode(written, skip_special_tokens=True))
