"""Tiny models with a tokenizer that llama.cpp's converter knows."""

import io
import shutil
from pathlib import Path

import sentencepiece
import torch

from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import VOCABULARY, tiny_models

_TEXT = """The quick brown fox jumps over the lazy dog. A fisherman who lived by the sea had three daughters. Water
boils at a hundred degrees, but in the mountains it boils earlier. To add two numbers in Python, define a function.
The capital of France is Paris. Once upon a time there was a king with a garden of golden apples, and every night one
was gone.
"""


def with_sentencepiece(family: str, folder: Path, **config: object) -> ModelFolder:
    """The tiny family with a small SentencePiece model, as Gemma, Phi-3 and the first Llamas have one.

    ``config`` are fields to change.
    """
    weights = tiny_models()[family]()
    for name, value in config.items():
        setattr(weights.config, name, value)
    model = type(weights)(weights.config)
    model.load_state_dict(weights.state_dict())
    model.save_pretrained(folder)
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_TEXT.splitlines() * 4),
        model_writer=trained,
        vocab_size=VOCABULARY,
        model_type="bpe",
        pad_id=0,
        bos_id=1,
        eos_id=2,
        unk_id=3,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    (folder / "tokenizer.model").write_bytes(trained.getvalue())
    return resolve_source(str(folder), "main", silent)


def from_gguf(folder: Path) -> ModelFolder:
    """Return a tiny model that comes as a GGUF file in ``folder``."""
    folder.mkdir(exist_ok=True)
    write_tiny_gguf(folder / "tiny.gguf")
    return resolve_source(str(folder / "tiny.gguf"), "main", silent)


def with_tokenizer_of(source: ModelFolder, family: str, folder: Path) -> ModelFolder:
    """The tiny family with the tokenizer of a real model, its vocabulary made as large."""
    model = tiny_models()[family]()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        model.resize_token_embeddings(int(source.config()["vocab_size"]), mean_resizing=False)
    model.save_pretrained(folder)
    for file in source.path.iterdir():
        if file.name.startswith(("tokenizer", "special_tokens", "chat_template")):
            shutil.copyfile(file, folder / file.name)
    return resolve_source(str(folder), "main", silent)
