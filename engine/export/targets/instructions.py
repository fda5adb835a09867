"""Write what other programs need beside an export, for those that do not find everything in its files."""

from engine.api.errors import BadInput
from engine.export.ollama import write_modelfile
from engine.export.targets.target import ExportJob
from engine.model_files.folder_content import read_json
from engine.models.loading import load_tokenizer
from engine.models.pruned_config import complete_config

_GENERATION = "generation_config.json"


def write_instructions(job: ExportJob) -> None:
    """Write a Modelfile for Ollama beside a GGUF file; nothing for other formats, or without a readable tokenizer."""
    file = next(iter(job.folder.glob("*.gguf")), None)
    if file is None:
        return
    try:
        tokenizer = load_tokenizer(job.model)
    except BadInput:
        return
    generation = job.model / _GENERATION
    config = complete_config(read_json(job.model / "config.json")).get_text_config(decoder=True)
    context = getattr(config, "max_position_embeddings", None) or 0
    write_modelfile(file, tokenizer, read_json(generation) if generation.is_file() else {}, context)
