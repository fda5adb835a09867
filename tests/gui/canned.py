"""Canned journals, created in code: the events of a run on a 30-layer model, without a model."""

import math
from collections.abc import Iterator

import msgspec
import numpy as np

from engine.api import events as ev
from engine.api import hub_events as hub
from engine.api.evaluation_events import HELDOUT_LOG_PERPLEXITY
from engine.api.message import worded
from engine.api.settings import Settings, Variant

LAYERS = 30
ITERATIONS = 15
STEPS = 64
REMOVED: ev.RemovalSet = (13, 14, 15, 17, 22)
PROTECTED = (0, 1, 29)
LAYER_PARAMETERS = 3_540_096
PARAMETERS = 134_515_008
CANDIDATES = 20


def model(source: str = "demo") -> ev.ModelPrepared:
    """Return a model of the size of SmolLM2-135M."""
    return ev.ModelPrepared(
        source=source,
        name="SmolLM2-135M-Instruct" if source == "demo" else source.rsplit("/", 1)[-1],
        folder="/cache/models/demo",
        digest="0123456789abcdef",
        model_type="llama",
        architecture="LlamaForCausalLM",
        licence="apache-2.0",
        layers=LAYERS,
        hidden_size=576,
        vocabulary=49152,
        context_length=8192,
        dtype="bfloat16",
        parameters=PARAMETERS,
        bytes=2 * PARAMETERS,
        layer_parameters=(LAYER_PARAMETERS,) * LAYERS,
        layer_bytes=(2 * LAYER_PARAMETERS,) * LAYERS,
    )


def found(query: str, sort: str, limit: int = 30) -> hub.HubSearched:
    """Return the search result of a small Hub."""
    models = [
        hub.HubModel(
            source="HuggingFaceTB/SmolLM2-1.7B-Instruct",
            downloads=412_000,
            likes=640,
            modified=1.75e9,
            parameters=1_711_376_384,
            bytes=3_422_752_768,
            licence="apache-2.0",
            architecture="LlamaForCausalLM",
            on_disk=True,
        ),
        hub.HubModel(
            source="closed/Garden-3.2-3B",
            downloads=1_900_000,
            likes=2_100,
            modified=1.74e9,
            parameters=3_212_749_824,
            bytes=6_425_499_648,
            licence="garden-3.2",
            architecture="LlamaForCausalLM",
            gated=True,
        ),
        hub.HubModel(source="maker/" + "a-model-with-a-very-long-name-" * 3 + "7B", downloads=1200, likes=3),
    ]
    if query == "many":
        models = [hub.HubModel(source=f"maker/many-{number}", downloads=99 - number) for number in range(70)]
    keys = {"downloads": "downloads", "likes": "likes", "recent": "modified"}
    models = [model for model in models if query.lower() in model.source.lower()]
    models.sort(key=lambda model: -getattr(model, keys[sort]))
    return hub.HubSearched(query=query, models=tuple(models[:limit]))


def on_disk() -> hub.ModelsListed:
    """Return one model of each kind in the caches."""
    models = (
        hub.LocalModel(
            source="HuggingFaceTB/SmolLM2-1.7B-Instruct",
            name="SmolLM2-1.7B-Instruct",
            kind="hub",
            folder="/cache/hub/models--HuggingFaceTB--SmolLM2-1.7B-Instruct/snapshots/31b70e2e",
            bytes=3_424_800_000,
            architecture="LlamaForCausalLM",
            layers=24,
        ),
        hub.LocalModel(
            source="/cache/gguf/ab12cd34",
            name="SmolLM2-135M-Instruct",
            kind="gguf",
            folder="/cache/gguf/ab12cd34",
            bytes=269_000_000,
            architecture="LlamaForCausalLM",
            layers=30,
        ),
        hub.LocalModel(
            source="/cache/dequantised/00aa",
            name="Qwen3-4B-FP8",
            kind="dequantised",
            folder="/cache/dequantised/00aa",
            bytes=8_000_000_000,
            architecture="Qwen3ForCausalLM",
            layers=36,
        ),
        hub.LocalModel(
            source="/cache/merged/00bb",
            name="my-adapter",
            kind="merged",
            folder="/cache/merged/00bb",
            bytes=270_000_000,
            architecture="LlamaForCausalLM",
            layers=30,
        ),
        hub.LocalModel(
            source=f"/ollama/models/blobs/sha256-{'74' * 32}",
            name="llama3.2:1b",
            kind="ollama",
            folder="/ollama/models/blobs",
            bytes=1_321_000_000,
            architecture="llama",
            layers=16,
        ),
        hub.LocalModel(
            source="/lmstudio/models/maker/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf",
            name="Qwen3-4B-Q4_K_M",
            kind="lm_studio",
            folder="/lmstudio/models/maker/Qwen3-4B-GGUF",
            bytes=2_497_000_000,
            architecture="qwen3",
            layers=36,
        ),
    )
    return hub.ModelsListed(models=models, disk_free=80_000_000_000)


def download(source: str, revision: str) -> list[ev.AnyEvent]:
    """Return a download of three gigabytes in thirty steps."""
    total = 3_000_000_000
    events: list[ev.AnyEvent] = [
        hub.DownloadAdvanced(
            source=source, done=done, total=total, bytes_per_second=48e6, remaining_seconds=(total - done) / 48e6
        )
        for done in range(0, total, total // 30)
    ]
    return [*events, hub.ModelDownloaded(source=source, revision=revision, folder="/cache/hub/x")]


def refusal(source: str, reason: hub.RefusalReason = "no_token") -> hub.AccessRefused:
    """Return a refusal of access."""
    said = f"Access to model {source} is restricted. You must be authenticated to access it."
    return hub.AccessRefused(source=source, reason=reason, link=f"https://hub.example/{source}", said=said)


def preview(part: ev.TextPart) -> ev.TextPreviewed:
    """Return the preview of a text file."""
    return ev.TextPreviewed(
        part=part,
        source="/texts/mine.jsonl",
        form="plain",
        columns=("text",),
        share=1.0,
        chat_template=False,
        documents=1200,
        tokens=480_000,
        windows_wanted=16,
        window_length=128,
        windows=("The layers of a model are not equally missed.", "Some of them can go."),
    )


def written(prompt: str, limit: int) -> list[ev.AnyEvent]:
    """Return what three models generate from a prompt: the better the model, the longer it stays on topic."""
    sentence = "A pump moves water from a low place to a high one. Its motor turns a wheel whose blades push the water"
    ends: dict[Variant, str] = {
        "dense": "outwards, and new water follows from below. That is why it must never run dry.",
        "pruned": "water water from the the pump, and the pump is the pump of the water.",
        "recovered": "outwards, and more water follows. It should not run without water.",
    }
    events: list[ev.AnyEvent] = []
    for variant, end in ends.items():
        events.append(ev.PieceWritten(variant=variant, text="", tokens=0))
        words = f"{prompt.splitlines()[0]}: {sentence} {end}".split(" ")[:limit]
        for count, word in enumerate(words, start=1):
            pace = {"dense": 24.3, "pruned": 29.1, "recovered": 28.8}[variant] if count > 1 else 0.0
            events.append(ev.PieceWritten(variant=variant, text=f"{word} ", tokens=count, tokens_per_second=pace))
        events.append(ev.PieceWritten(variant=variant, text="", tokens=len(words), tokens_per_second=pace, done=True))
    return events


def devices() -> list[ev.DeviceFound]:
    """Return the devices of a workstation."""
    return [
        ev.DeviceFound(name="cpu", label="CPU, 8 cores", memory_total=32 * 10**9, memory_free=21_400_000_000),
        ev.DeviceFound(
            name="cuda:0", label="Graphics card, 12 GB", memory_total=12 * 10**9, memory_free=11_100_000_000
        ),
    ]


def estimates(others: int = 0) -> list[ev.EstimateMade]:
    """Return what a run needs on each device, and as much for every other plan."""
    memory = {
        "weights": 538_060_032,
        "reference": 34_000_000,
        "hidden states": 61_000_000,
        "adapter and optimiser": 117_000_000,
        "working space": 260_000_000,
    }
    seconds = {"calibrate": 95.0, "analyse": 22.0, "search": 130.0, "recover": 240.0, "evaluate": 45.0}
    return [
        ev.EstimateMade(
            device=device.name,
            memory=memory,
            memory_needed=sum(memory.values()),
            memory_free=device.memory_free,
            disk_needed=600_000_000,
            disk_free=80_000_000_000,
            seconds=seconds if device.name == "cpu" else {name: value / 12 for name, value in seconds.items()},
            layers=len(REMOVED),
            result_parameters=PARAMETERS - len(REMOVED) * LAYER_PARAMETERS,
            result_bytes=2 * (PARAMETERS - len(REMOVED) * LAYER_PARAMETERS),
            plan=plan,
        )
        for plan in range(others + 1)
        for device in devices()
    ]


def run_events(settings: Settings, run: str = "0001-pso", resumed: bool = False) -> list[ev.AnyEvent]:
    """Return the events of a whole run up to evaluation, without the RunFinished at its end."""
    return [
        ev.RunStarted(
            run=run,
            algorithm=settings.search.algorithm,
            resumed=resumed,
            device="cpu",
            versions={"layerswarm": "0.1.0"},
        ),
        *_stage("model", [model(settings.model.source)]),
        *_stage("calibrate", _calibration()),
        *_stage("analyse", list(_analysis())),
        *_stage("search", list(_search(settings.search.seed))),
        *_stage("recover", list(_recovery())),
        *_stage("evaluate", list(_evaluation())),
    ]


_REFITTED = ((7, "self_attn.o_proj", 0.1), (10, "self_attn.o_proj", 0.3), (10, "mlp.down_proj", None))
"""Layer, map and ridge of the canned refits."""


def compensation() -> list[ev.AnyEvent]:
    """Return the compensation of two gaps, of which one stays as it is, three refits, and the measured model."""
    gaps = [
        ev.GapFolded(first=8, last=9, layer=7, weight="mlp.down_proj", ridge=0.3, kl_before=0.712, kl_after=0.4312),
        ev.GapFolded(
            first=14, last=16, layer=13, weight="mlp.down_proj", ridge=None, kl_before=0.4312, kl_after=0.4312
        ),
    ]
    kls = (0.4312, 0.4207, 0.4115, 0.4115)
    refits = [
        ev.MapRefitted(
            layer=layer, weight=weight, ridge=ridge, changed=(f"{weight}.weight",), kl_before=before, kl_after=after
        )
        for (layer, weight, ridge), before, after in zip(_REFITTED, kls, kls[1:], strict=False)
    ]
    finished = ev.CompensationFinished(
        helped=True, validation_kl_before=0.712, validation_kl_after=kls[-1], seconds=12.0
    )
    pruned = next(
        event for event in _evaluation() if isinstance(event, ev.ModelEvaluated) and event.variant == "pruned"
    )
    measured = msgspec.structs.replace(pruned, variant="compensated", heldout_kl=0.4105, heldout_perplexity=18.2)
    return [*gaps, *refits, finished, measured]


def compared(algorithms: tuple[str, ...]) -> list[ev.AnyEvent]:
    """Return other searches for as many layers as the canned one, each a little worse than the one before."""
    return [
        ev.SearchCompared(
            algorithm=algorithm,
            seed=0,
            removed=REMOVED,
            fitness=0.6 + 0.1 * place,
            heldout_kl=0.7,
            heldout_perplexity=15.0,
            parameters=PARAMETERS,
            bytes=2 * PARAMETERS,
            candidates=200,
            tokens=20_000,
            seconds=40.0,
            course_tokens=(5_000, 20_000),
            course_fitness=(0.9 + 0.1 * place, 0.6 + 0.1 * place),
            importance=(0.1,) * LAYERS,
        )
        for place, algorithm in enumerate(algorithms)
    ]


def baselines() -> list[ev.AnyEvent]:
    """Return the sets that the baselines propose at once."""
    return [
        ev.BaselineScored(baseline=name, removed=tuple(range(first, first + len(REMOVED))), fitness=fitness, level=16)
        for name, first, fitness in (("block_influence", 12, 0.66), ("angular", 20, 1.9), ("analysis", 13, 0.71))
    ]


def until_stage(events: list[ev.AnyEvent], stage: ev.Stage, share: float = 0.5) -> list[ev.AnyEvent]:
    """Return the start of a run that was cut off in the middle of a stage."""
    first = next(i for i, event in enumerate(events) if isinstance(event, ev.StageStarted) and event.stage == stage)
    last = next(i for i, event in enumerate(events) if isinstance(event, ev.StageFinished) and event.stage == stage)
    return events[: first + 1 + int(share * (last - first))]


def targets() -> list[ev.AnyEvent]:
    """Return the formats that a computer without ONNX and llama.cpp can write."""
    return [
        ev.ExportTargetFound(target="safetensors", precisions=("",)),
        ev.ExportTargetFound(
            target="gguf",
            precisions=("f16", "f32", "q8_0"),
            needs="Install llama.cpp's llama-quantize for the other precisions.",
            check="Install llama-cpp-python to have it tried.",
        ),
        ev.ExportTargetFound(target="onnx", precisions=(), needs="Install layerswarm[onnx] to write this format."),
    ]


def export_events(folder: str, variant: str = "recovered", form: str = "safetensors") -> list[ev.AnyEvent]:
    """Return an export and its checks."""
    parameters = PARAMETERS - len(REMOVED) * LAYER_PARAMETERS
    written = ev.ExportWritten(
        folder=folder,
        format=form,
        variant="pruned" if variant == "pruned" else "recovered",
        layers=LAYERS - len(REMOVED),
        removed=REMOVED,
        parameters=parameters,
        bytes=2 * parameters,
    )
    checks = (
        ("bytes", worded("{0:,} bytes, as predicted", written.bytes)),
        ("reload", worded("loaded as {0}", "LlamaForCausalLM")),
        ("layers", worded("{0:,}, as predicted", written.layers)),
        ("logits", worded("largest difference to the model in memory {0:.2g} (allowed {1:.2g})", 2.4e-6, 1e-4)),
        ("generation", worded("{0} greedy tokens with the KV cache equal those without it", 8)),
    )
    verified = [ev.ExportVerified(check=check, passed=True, detail=detail, format=form) for check, detail in checks]
    return _stage("export", [written, *verified])


def _stage(stage: ev.Stage, body: list[ev.AnyEvent]) -> list[ev.AnyEvent]:
    events: list[ev.AnyEvent] = [ev.StageStarted(stage=stage)]
    for place, event in enumerate(body, start=1):
        events.append(event)
        left = 0.5 * (len(body) - place)
        message = f"{place} of {len(body)}"
        events.append(
            ev.StageProgressed(stage=stage, done=place, total=len(body), message=message, remaining_seconds=left)
        )
    events.append(ev.StageFinished(stage=stage, seconds=3.0))
    return events


def _calibration() -> list[ev.AnyEvent]:
    prepared = ev.CalibrationPrepared(
        source="self",
        windows=16,
        heldout_windows=16,
        recovery_windows=128,
        window_length=128,
        digest="fedcba9876543210",
        preview=("The pump is switched off before",),
    )
    return [prepared, ev.ReferenceMeasured(perplexity=8.91, scored_positions=512)]


def _analysis() -> Iterator[ev.AnyEvent]:
    rng = np.random.default_rng(0)
    for layer in range(LAYERS):
        depth = layer / (LAYERS - 1)
        edge = 6.0 * math.exp(-14 * depth) + 1.6 * math.exp(-22 * (1 - depth))
        kl = 0.12 + edge + 0.5 * abs(depth - 0.5) + float(rng.gamma(1.4, 0.11)) + (1.5 if layer == 11 else 0.0)
        yield ev.LayerAnalysed(
            layer=layer,
            block_influence=0.04 + 0.4 * edge / 6 + 0.1 * float(rng.random()),
            angular_distance=0.1 + 0.1 * float(rng.random()) + 0.05 * edge,
            kl=kl,
            perplexity=8.91 * math.exp(kl * 0.8),
            parameters=LAYER_PARAMETERS,
            bytes=2 * LAYER_PARAMETERS,
            seconds=0.021 + 0.002 * float(rng.random()),
        )
    smaller = PARAMETERS - len(REMOVED) * LAYER_PARAMETERS
    prunable = tuple(layer for layer in range(LAYERS) if layer not in PROTECTED)
    yield ev.BudgetResolved(
        layers=len(REMOVED), protected=PROTECTED, prunable=prunable, parameters=smaller, bytes=2 * smaller
    )


def _search(seed: int) -> Iterator[ev.AnyEvent]:
    rng = np.random.default_rng(1 + seed)
    prunable = [layer for layer in range(LAYERS) if layer not in PROTECTED]
    weight = np.array([3.0 if layer in REMOVED else 0.5 + math.exp(-((layer - 15) ** 2) / 30) for layer in prunable])
    best, best_set = math.inf, REMOVED
    remembered = evaluations = applications = 0
    for iteration in range(ITERATIONS):
        sharpness = 0.3 + 1.6 * (iteration + 1) / ITERATIONS
        candidates = []
        for _ in range(CANDIDATES):
            chance = weight**sharpness / (weight**sharpness).sum()
            chosen = rng.choice(prunable, size=len(REMOVED), replace=False, p=chance)
            candidates.append(tuple(sorted(int(layer) for layer in chosen)))
        if iteration == ITERATIONS - 4:
            candidates[0] = REMOVED
        fitness = [_kl_of(candidate) for candidate in candidates]
        place = int(np.argmin(fitness))
        if fitness[place] < best:
            best, best_set = fitness[place], candidates[place]
        known = min(CANDIDATES - 4, iteration + 1)
        evaluations, remembered = evaluations + CANDIDATES - known, remembered + known
        applications += 14 * (CANDIDATES - known)
        counts = np.bincount([layer for candidate in candidates for layer in candidate], minlength=LAYERS)
        yield ev.IterationFinished(
            iteration=iteration,
            iterations=ITERATIONS,
            best_fitness=best,
            best_removed=best_set,
            mean_fitness=float(np.mean(fitness)),
            worst_fitness=max(fitness),
            removal_frequency=tuple(float(count) / CANDIDATES for count in counts),
            candidates=tuple(candidates),
            fitness=tuple(fitness),
            evaluations=evaluations,
            remembered=remembered,
            layer_applications=applications,
            tokens=applications * 2048 / LAYERS,
        )
    yield ev.SearchFinished(
        removed=best_set, fitness=best, evaluations=evaluations, layer_applications=applications, seconds=118.0
    )


def _kl_of(candidate: tuple[int, ...]) -> float:
    return 0.42 + 0.13 * len(set(REMOVED) - set(candidate)) + 0.004 * sum(abs(layer - 16) for layer in candidate)


def _recovery() -> Iterator[ev.AnyEvent]:
    rng = np.random.default_rng(2)
    yield ev.RecoveryMeasured(step=0, validation_kl=0.712, validation_perplexity=16.8, best=True)
    for step in range(1, STEPS + 1):
        warm = min(1.0, step / 7)
        yield ev.RecoveryStepped(
            step=step,
            steps=STEPS,
            loss=0.27 + 0.45 * math.exp(-step / 14) + 0.03 * float(rng.normal()),
            learning_rate=1e-3 * warm * 0.5 * (1 + math.cos(math.pi * step / STEPS)),
            tokens=512 * step,
            tokens_per_second=880 + 40 * float(rng.normal()),
        )
        if step % 16 == 0:
            kl = 0.31 + 0.4 * math.exp(-step / 15)
            yield ev.RecoveryMeasured(
                step=step, validation_kl=kl, validation_perplexity=8.9 * math.exp(0.85 * kl), best=True
            )
    yield ev.RecoveryFinished(
        helped=True, best_step=64, validation_kl_before=0.712, validation_kl_after=0.316, seconds=233.0
    )


def _evaluation() -> Iterator[ev.AnyEvent]:
    smaller = PARAMETERS - len(REMOVED) * LAYER_PARAMETERS
    figures: tuple[tuple[Variant, int, int, float, float, float, float], ...] = (
        ("dense", LAYERS, PARAMETERS, 8.93, 0.0, 1840.0, 31.2),
        ("pruned", LAYERS - len(REMOVED), smaller, 16.8, 0.712, 2170.0, 36.9),
        ("recovered", LAYERS - len(REMOVED), smaller, 11.6, 0.316, 2165.0, 36.7),
    )
    errors: dict[Variant, tuple[float, float]] = {
        "dense": (0.41, 0.0),
        "pruned": (0.9, 0.031),
        "recovered": (0.6, 0.017),
    }
    accuracy = {"dense": 0.412, "pruned": 0.338, "recovered": 0.391}
    for variant, layers, parameters, perplexity, kl, prefill, decode in figures:
        yield ev.ModelEvaluated(
            variant=variant,
            layers=layers,
            parameters=parameters,
            bytes=2 * parameters,
            heldout_perplexity=perplexity,
            heldout_kl=kl,
            text_perplexity=None,
            prefill_tokens_per_second=prefill,
            decode_tokens_per_second=decode,
            peak_memory=4 * parameters + 210_000_000,
            heldout_perplexity_error=errors[variant][0],
            heldout_kl_error=errors[variant][1],
        )
        yield ev.TaskEvaluated(
            variant=variant, task="arc_easy", metric="acc", value=accuracy[variant], stderr=0.01, samples=500
        )


def speeds(load: float | None = None) -> Iterator[ev.SpeedMeasured]:
    """Yield the speed of each model; ``load`` is the share of the cores that other programs took."""
    shares: dict[Variant, float] = {"dense": 1.0, "pruned": 0.87, "recovered": 0.87}
    for variant, share in shares.items():
        yield ev.SpeedMeasured(
            variant=variant,
            prompt_tokens=128,
            batch_size=1,
            prefill=ev.Spread(1840 / share, 1800 / share, 1890 / share),
            decode=ev.Spread(31 / share, 30 / share, 32 / share),
            peak_memory=int(7e8 * share),
            repeats=3,
            others_load=load,
        )


def measured(load: float | None = None) -> list[ev.AnyEvent]:
    """Return the rest of a thorough evaluation: speeds, memory, texts, continuations, and differences with their
    errors.
    """
    events: list[ev.AnyEvent] = list(speeds(load))
    shares: tuple[tuple[Variant, float, float], ...] = (
        ("dense", 1.0, 0.0),
        ("pruned", 0.87, -0.074),
        ("recovered", 0.87, -0.021),
    )
    for variant, share, lost in shares:
        events += [
            ev.FootprintMeasured(
                variant=variant,
                context=2048,
                cache_bytes=int(94e6 * share),
                bytes_16bit=int(269e6 * share),
                bytes_8bit=int(170e6 * share),
                bytes_4bit=int(120e6 * share),
            ),
            ev.TextEvaluated(
                variant=variant,
                text="/texts/wiki.txt",
                tokens=4000,
                words=3100,
                bytes=17_800,
                token_perplexity=18.2 - 90 * lost,
                word_perplexity=42.0 - 400 * lost,
                byte_perplexity=1.92 - lost,
                bits_per_byte=0.941 - lost,
            ),
        ]
        if variant != "dense":
            figures = (
                ("arc_easy, acc", lost, 0.009),
                ("bits per byte, wiki.txt", -lost, 0.014),
                (HELDOUT_LOG_PERPLEXITY, math.log({"pruned": 16.8, "recovered": 11.6}[variant] / 8.93), 0.025),
            )
            events += [
                ev.DifferenceMeasured(
                    variant=variant, against="dense", figure=name, value=value, stderr=error, paired=True, samples=500
                )
                for name, value, error in figures
            ]
        for prompt in ("The capital of France is", "def fibonacci(n):"):
            text = f" what the {variant} model goes on to write after it, a sentence or two, until it has had enough."
            events.append(ev.TextGenerated(variant=variant, prompt=prompt, text=text))
        events.append(answers(variant))
    return events


def answers(variant: Variant) -> ev.AnswersChecked:
    """Return answers of which the pruned model gives some in English, without end and in circles."""
    kept = 5 if variant == "pruned" else 11
    languages = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh", "ja", "ar")
    return ev.AnswersChecked(
        variant=variant,
        limit=40,
        answers=tuple(
            ev.CheckedAnswer(
                language=language,
                answered_in=language if number < kept else "en",
                ended=number < kept,
                repetition=0.0 if number < kept else 0.36,
                text=f"answer {number}",
            )
            for number, language in enumerate(languages)
        ),
    )
