"""Test an environment: ``python -m engine.pipeline.self_test`` prints one line and exits with 0 where the engine works.

A tiny model of random weights is run and trained for a step on each device, by the libraries that a run uses.
"""

import sys

from engine.api.errors import in_one_line
from engine.api.exit_codes import FAILED, FINISHED
from engine.api.offline import begin
from engine.api.temporary import ScratchFolder
from engine.models.waiting_threads import limit_spinning


def main() -> int:
    """Run the test, print what was found or why it failed, and return the exit code."""
    begin()
    limit_spinning()
    try:
        print(_tested())
    except Exception as error:  # whatever is broken in an environment is what this is to find
        print(f"FAILED: {type(error).__name__}: {in_one_line(error)}")
        return FAILED
    return FINISHED


def _tested() -> str:
    import torch
    import transformers

    from engine.models.devices import device_names
    from engine.pipeline import jobs  # every module that a run needs

    assert jobs is not None
    devices = device_names()
    for device in devices:
        _train_a_step(device)
    return f"torch {torch.__version__}, transformers {transformers.__version__}; {', '.join(devices)}"


def _train_a_step(device: str) -> None:
    """Save a tiny model, load it, and train adapters of it for a step.

    Raises:
        ValueError: The loss is no finite number, or nothing was trained.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedModel

    config = LlamaConfig(
        vocab_size=32,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
    )
    with ScratchFolder() as folder:
        LlamaForCausalLM(config).save_pretrained(folder)
        model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(folder)
        torch.nn.Module.to(model, device)
        adapted = get_peft_model(model, LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM"))
        tokens = torch.arange(16, device=device).unsqueeze(0)
        loss = adapted(input_ids=tokens, labels=tokens).loss
        loss.backward()
        trained = [each.grad for each in adapted.parameters() if each.requires_grad]
        if not torch.isfinite(loss).item() or not trained or any(each is None for each in trained):
            raise ValueError(f"a tiny model cannot be trained on {device}")


if __name__ == "__main__":
    sys.exit(main())
