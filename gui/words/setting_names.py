"""Names of the settings for people, and the groups in which the sections that unfold show them."""

from PySide6.QtCore import QCoreApplication


def setting_name(key: str) -> str:
    """Return the name of a setting; its own name in words where none is given here, as for a new one."""
    return _names().get(key) or key.rsplit(".", 1)[-1].replace("_", " ").capitalize()


def setting_groups(keys: list[str]) -> list[tuple[str, list[str]]]:
    """Return settings in their groups, each with its heading; empty for those without one, which come first."""
    heading_of = {key: heading for heading, members in _groups() for key in members}
    headings = dict.fromkeys(["", *(heading for heading, _ in _groups())])
    grouped = [(heading, [key for key in keys if heading_of.get(key, "") == heading]) for heading in headings]
    return [(heading, members) for heading, members in grouped if members]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingNames", text)


def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (_tr("Starting sets"), ("search.warm_start", "search.grown_start")),
        (_tr("Refinement"), ("search.avoid_repeats", "search.refine_share", "search.guided_scouts")),
        (_tr("Racing"), ("search.racing.levels", "search.racing.first_share", "search.racing.promoted_share")),
        (_tr("Limits"), ("search.patience", "search.max_minutes", "search.max_tokens")),
        (
            _tr("Several numbers of layers"),
            ("search.least_layers", "search.weights.quality", "search.weights.size", "search.weights.time"),
        ),
        (_tr("Task as fitness"), ("search.task_metric", "search.task_samples")),
        (_tr("Text"), ("calibration.split", "calibration.chat_template", "recovery.split")),
        (_tr("Scoring"), ("calibration.scored_every", "calibration.seed")),
        (
            _tr("Adapters"),
            (
                "recovery.adapter",
                "recovery.alpha",
                "recovery.dropout",
                "recovery.target",
                "recovery.start",
                "recovery.train_norms",
                "recovery.train_head",
            ),
        ),
        (_tr("Objective"), ("recovery.text_share", "recovery.seam_weight")),
        (_tr("Learning rate"), ("recovery.warmup_share", "recovery.schedule")),
        (
            _tr("Batches and memory"),
            (
                "recovery.batch_windows",
                "recovery.pass_windows",
                "recovery.gradient_checkpointing",
                "recovery.lesson_megabytes",
                "recovery.four_bit",
                "recovery.processes",
            ),
        ),
        (
            _tr("Measuring and stopping"),
            ("recovery.validation_windows", "recovery.evaluate_every", "recovery.patience", "recovery.seed"),
        ),
        (_tr("Perplexity on texts"), ("evaluation.context_tokens", "evaluation.overlap_tokens")),
        (_tr("Tasks"), ("evaluation.task_folder", "evaluation.batch_size")),
        (_tr("Generated text"), ("evaluation.written_tokens", "evaluation.answer_tokens")),
        (
            _tr("Speed and memory"),
            (
                "evaluation.prompt_tokens",
                "evaluation.batch_sizes",
                "evaluation.decode_tokens",
                "evaluation.cache_context",
            ),
        ),
    )


def _names() -> dict[str, str]:
    return {
        **_search_names(),
        **_text_names(),
        **_recovery_names(),
        **_evaluation_names(),
        "device.memory_megabytes": _tr("Memory to use"),
        "device.offload": _tr("Layers that do not fit"),
        "device.four_bit": _tr("Work in 4 bits"),
        "device.states_megabytes": _tr("RAM for hidden states"),
    }


def _search_names() -> dict[str, str]:
    return {
        "search.task_metric": _tr("Metric"),
        "search.task_samples": _tr("Questions for finalists"),
        "search.least_layers": _tr("Fewest layers to remove"),
        "search.warm_start": _tr("Start from the analysis"),
        "search.grown_start": _tr("Start from a grown set"),
        "search.avoid_repeats": _tr("Avoid repeats"),
        "search.refine_share": _tr("Share of refining swaps"),
        "search.guided_scouts": _tr("Choose swaps by a model"),
        "search.patience": _tr("Patience"),
        "search.max_minutes": _tr("Longest time"),
        "search.max_tokens": _tr("Most tokens"),
        "search.racing.levels": _tr("Levels"),
        "search.racing.first_share": _tr("Share of windows for all"),
        "search.racing.promoted_share": _tr("Share that is promoted"),
        "search.weights.quality": _tr("Weight of quality"),
        "search.weights.size": _tr("Weight of size"),
        "search.weights.time": _tr("Weight of time"),
        "search.pso.inertia_start": _tr("Inertia at first"),
        "search.pso.inertia_end": _tr("Inertia at last"),
        "search.pso.c1": _tr("Cognitive pull (c1)"),
        "search.pso.c2": _tr("Social pull (c2)"),
        "search.pso.velocity_limit": _tr("Velocity limit"),
        "search.pso.neighbourhood": _tr("Neighbourhood"),
        "search.woa.a_start": _tr("Coefficient a at first"),
        "search.woa.spiral": _tr("Spiral shape (b)"),
        "search.woa.spiral_probability": _tr("Spiral probability (p)"),
    }


def _text_names() -> dict[str, str]:
    return {
        "calibration.split": _tr("Split of the data set"),
        "calibration.chat_template": _tr("Use the chat template"),
        "calibration.scored_every": _tr("Scored positions"),
        "calibration.seed": _tr("Seed"),
        "compensation.ridges": _tr("Ridge strengths"),
        "compensation.refitted_layers": _tr("Refitted layers"),
        "compensation.candidate_windows": _tr("Windows for comparing"),
        "compensation.widest": _tr("Widest layer to fit"),
    }


def _recovery_names() -> dict[str, str]:
    return {
        "recovery.split": _tr("Split of the data set"),
        "recovery.validation_windows": _tr("Validation windows"),
        "recovery.text_share": _tr("Weight of cross-entropy"),
        "recovery.seam_weight": _tr("Weight of the seams"),
        "recovery.adapter": _tr("Kind of adapter"),
        "recovery.alpha": _tr("LoRA alpha"),
        "recovery.dropout": _tr("Dropout"),
        "recovery.target": _tr("Adapted layers"),
        "recovery.train_norms": _tr("Train the norms"),
        "recovery.train_head": _tr("Train the LM head"),
        "recovery.start": _tr("Lowest adapted layer"),
        "recovery.warmup_share": _tr("Warm-up share"),
        "recovery.schedule": _tr("Decay"),
        "recovery.batch_windows": _tr("Windows per step"),
        "recovery.pass_windows": _tr("Windows at once"),
        "recovery.gradient_checkpointing": _tr("Recompute activations"),
        "recovery.lesson_megabytes": _tr("RAM for the teacher"),
        "recovery.four_bit": _tr("Train in 4 bits (QLoRA)"),
        "recovery.processes": _tr("Processes"),
        "recovery.patience": _tr("Patience"),
        "recovery.evaluate_every": _tr("Steps between measurements"),
        "recovery.seed": _tr("Seed"),
    }


def _evaluation_names() -> dict[str, str]:
    return {
        "evaluation.context_tokens": _tr("Longest context"),
        "evaluation.overlap_tokens": _tr("Overlap of windows"),
        "evaluation.task_folder": _tr("Folder of further tasks"),
        "evaluation.batch_size": _tr("Answers at once"),
        "evaluation.written_tokens": _tr("Tokens after a prompt"),
        "evaluation.answer_tokens": _tr("Tokens of an answer"),
        "evaluation.prompt_tokens": _tr("Prompt lengths"),
        "evaluation.batch_sizes": _tr("Batch sizes"),
        "evaluation.decode_tokens": _tr("Generated tokens"),
        "evaluation.cache_context": _tr("Context of the cache"),
    }
