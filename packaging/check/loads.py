"""Load an exported model as anybody would, with stock transformers, and write a word with it."""

import sys

from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
written = model.generate(**tokenizer("The capital of France is", return_tensors="pt"), max_new_tokens=3)
print(f"{model.config.num_hidden_layers} layers: {tokenizer.decode(written[0])!r}")
