"""Names of the settings for people, and the groups in which the sections that unfold show them."""

from gui.words.translation import tr


def setting_name(key: str) -> str:
    """Return the name of a setting; its own name in words where none is given here, as for a new one."""
    return _names().get(key) or key.rsplit(".", 1)[-1].replace("_", " ").capitalize()


def setting_groups(keys: list[str]) -> list[tuple[str, list[str]]]:
    """Return settings in their groups, each with its heading; empty for those without one, which come first."""
    heading_of = {key: heading for heading, members in _groups() for key in members}
    headings = dict.fromkeys(["", *(heading for heading, _ in _groups())])
    grouped = [(heading, [key for key in keys if heading_of.get(key, "") == heading]) for heading in headings]
    return [(heading, members) for heading, members in grouped if members]


def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (tr("Starting sets"), ("search.warm_start", "search.grown_start")),
        (tr("Refinement"), ("search.avoid_repeats", "search.refine_share", "search.guided_scouts")),
        (tr("Racing"), ("search.racing.levels", "search.racing.first_share", "search.racing.promoted_share")),
        (tr("Limits"), ("search.patience", "search.max_minutes", "search.max_tokens")),
        (
            tr("Several numbers of layers"),
            ("search.least_layers", "search.weights.quality", "search.weights.size", "search.weights.time"),
        ),
        (tr("Task as fitness"), ("search.task_metric", "search.task_samples")),
        (tr("Text"), ("calibration.split", "calibration.chat_template", "recovery.split")),
        (tr("Scoring"), ("calibration.scored_every", "calibration.seed")),
        (
            tr("Adapters"),
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
        (tr("Objective"), ("recovery.text_share", "recovery.seam_weight")),
        (tr("Learning rate"), ("recovery.warmup_share", "recovery.schedule")),
        (
            tr("Batches and memory"),
            (
                "recovery.batch_windows",
                "recovery.pass_windows",
                "recovery.optimiser",
                "recovery.gradient_checkpointing",
                "recovery.lesson_megabytes",
                "recovery.four_bit",
                "recovery.processes",
            ),
        ),
        (
            tr("Measuring and stopping"),
            ("recovery.validation_windows", "recovery.evaluate_every", "recovery.patience", "recovery.seed"),
        ),
        (tr("Perplexity on texts"), ("evaluation.context_tokens", "evaluation.overlap_tokens")),
        (tr("Tasks"), ("evaluation.task_folder", "evaluation.batch_size")),
        (tr("Generated text"), ("evaluation.written_tokens", "evaluation.answer_tokens")),
        (
            tr("Speed and memory"),
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
        "device.memory_megabytes": tr("Memory to use"),
        "device.offload": tr("Layers that do not fit"),
        "device.four_bit": tr("Work in 4 bits"),
        "device.states_megabytes": tr("RAM for hidden states"),
        "device.workers": tr("Devices that share the work"),
        "device.cluster": tr("Ray cluster"),
        "device.cluster_workers": tr("Workers on the cluster"),
    }


def _search_names() -> dict[str, str]:
    return {
        "search.task_metric": tr("Metric"),
        "search.task_samples": tr("Questions for finalists"),
        "search.least_layers": tr("Fewest layers to remove"),
        "search.warm_start": tr("Start from the analysis"),
        "search.grown_start": tr("Start from a grown set"),
        "search.avoid_repeats": tr("Avoid repeats"),
        "search.refine_share": tr("Share of refining swaps"),
        "search.guided_scouts": tr("Choose swaps by a model"),
        "search.patience": tr("Patience"),
        "search.max_minutes": tr("Longest time"),
        "search.max_tokens": tr("Most tokens"),
        "search.racing.levels": tr("Levels"),
        "search.racing.first_share": tr("Share of windows for all"),
        "search.racing.promoted_share": tr("Share that is promoted"),
        "search.weights.quality": tr("Weight of quality"),
        "search.weights.size": tr("Weight of size"),
        "search.weights.time": tr("Weight of time"),
        "search.pso.inertia_start": tr("Inertia at first"),
        "search.pso.inertia_end": tr("Inertia at last"),
        "search.pso.c1": tr("Cognitive pull (c1)"),
        "search.pso.c2": tr("Social pull (c2)"),
        "search.pso.velocity_limit": tr("Velocity limit"),
        "search.pso.neighbourhood": tr("Neighbourhood"),
        "search.woa.a_start": tr("Coefficient a at first"),
        "search.woa.spiral": tr("Spiral shape (b)"),
        "search.woa.spiral_probability": tr("Spiral probability (p)"),
    }


def _text_names() -> dict[str, str]:
    return {
        "calibration.split": tr("Split of the data set"),
        "calibration.chat_template": tr("Use the chat template"),
        "calibration.scored_every": tr("Scored positions"),
        "calibration.seed": tr("Seed"),
        "compensation.ridges": tr("Ridge strengths"),
        "compensation.refitted_layers": tr("Refitted layers"),
        "compensation.candidate_windows": tr("Windows for comparing"),
        "compensation.widest": tr("Widest layer to fit"),
    }


def _recovery_names() -> dict[str, str]:
    return {
        "recovery.split": tr("Split of the data set"),
        "recovery.validation_windows": tr("Validation windows"),
        "recovery.text_share": tr("Weight of cross-entropy"),
        "recovery.seam_weight": tr("Weight of the seams"),
        "recovery.adapter": tr("Kind of adapter"),
        "recovery.alpha": tr("LoRA alpha"),
        "recovery.dropout": tr("Dropout"),
        "recovery.target": tr("Adapted layers"),
        "recovery.train_norms": tr("Train the norms"),
        "recovery.train_head": tr("Train the LM head"),
        "recovery.start": tr("Lowest adapted layer"),
        "recovery.warmup_share": tr("Warm-up share"),
        "recovery.schedule": tr("Decay"),
        "recovery.batch_windows": tr("Windows per step"),
        "recovery.pass_windows": tr("Windows at once"),
        "recovery.optimiser": tr("Optimiser"),
        "recovery.gradient_checkpointing": tr("Recompute activations"),
        "recovery.lesson_megabytes": tr("RAM for the teacher"),
        "recovery.four_bit": tr("Train in 4 bits (QLoRA)"),
        "recovery.processes": tr("Processes"),
        "recovery.patience": tr("Patience"),
        "recovery.evaluate_every": tr("Steps between measurements"),
        "recovery.seed": tr("Seed"),
    }


def _evaluation_names() -> dict[str, str]:
    return {
        "evaluation.context_tokens": tr("Longest context"),
        "evaluation.overlap_tokens": tr("Overlap of windows"),
        "evaluation.task_folder": tr("Folder of further tasks"),
        "evaluation.batch_size": tr("Answers at once"),
        "evaluation.written_tokens": tr("Tokens after a prompt"),
        "evaluation.answer_tokens": tr("Tokens of an answer"),
        "evaluation.prompt_tokens": tr("Prompt lengths"),
        "evaluation.batch_sizes": tr("Batch sizes"),
        "evaluation.decode_tokens": tr("Generated tokens"),
        "evaluation.cache_context": tr("Context of the cache"),
    }
