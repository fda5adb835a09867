"""Names of the values of settings that offer a few."""

from gui.words.translation import tr


def choice_name(key: str, value: str) -> str:
    """Return the name of a value of a setting; the value in words where none is given here, as for a new one."""
    return _names().get((key, value)) or _common().get(value) or value.replace("_", " ")


def _common() -> dict[str, str]:
    return {
        "auto": tr("Automatic"),
        "kl": tr("KL to the dense model"),
        "cross_entropy": tr("Cross-entropy"),
    }


def _names() -> dict[tuple[str, str], str]:
    return {
        ("device.offload", "memory"): tr("In main memory"),
        ("device.offload", "disk"): tr("On the disk"),
        ("device.offload", "never"): tr("Refuse the model"),
        ("search.pso.neighbourhood", "global"): tr("The whole swarm"),
        ("search.pso.neighbourhood", "ring"): tr("A ring"),
        ("recovery.method", "lora"): tr("LoRA"),
        ("recovery.method", "local"): tr("Local distillation"),
        ("recovery.optimiser", "device"): tr("On the device"),
        ("recovery.optimiser", "memory"): tr("In main memory"),
        ("recovery.objective", "both"): tr("KL and cross-entropy"),
        ("recovery.adapter", "lora"): "LoRA",
        ("recovery.adapter", "rslora"): "rsLoRA",
        ("recovery.adapter", "dora"): "DoRA",
        ("recovery.target", "all"): tr("All"),
        ("recovery.target", "attention"): tr("Attention"),
        ("recovery.target", "mlp"): tr("MLP"),
        ("recovery.start", "embedding"): tr("The very first"),
        ("recovery.start", "half_way"): tr("Half way"),
        ("recovery.start", "seam"): tr("Behind the gap"),
        ("recovery.schedule", "constant"): tr("None"),
        ("recovery.schedule", "cosine"): tr("Cosine"),
        ("recovery.schedule", "linear"): tr("Linear"),
    }
