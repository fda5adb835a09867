"""``layerswarm try``: compare how variants of a model continue a prompt."""

import sys
from types import TracebackType
from typing import Annotated, cast, get_args

import typer

from engine.api.commands import GenerateText
from engine.api.evaluation_events import VARIANT_TITLES
from engine.api.events import Event, MessageLogged, PieceWritten, RunFinished, StageProgressed
from engine.api.plurals import counted
from engine.api.run_state import RunState
from engine.api.safe_text import safe_text
from engine.api.settings import Variant
from engine.cli.arguments import absolute, list_of
from engine.cli.console import plain, plain_console
from engine.cli.errors import reports_errors
from engine.cli.job import run_job
from engine.cli.project_commands import ProjectPath, RunName
from engine.cli.wrong_usage import WrongUsage
from engine.results.figures import format_rate


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("try")(reports_errors(try_prompt))


def try_prompt(
    directory: ProjectPath,
    prompt: Annotated[str, typer.Option(help="Text that the models continue.", show_default=False)],
    run: RunName = "",
    variants: Annotated[
        str, typer.Option(help="Some of dense,pruned,compensated,recovered; by default all that the run has.")
    ] = "",
    chat: Annotated[bool, typer.Option(help="Apply the model's chat template, where it has one.")] = True,
    tokens: Annotated[int, typer.Option(help="Maximum number of tokens per model.", min=1, max=8192)] = 128,
    temperature: Annotated[
        float, typer.Option(help="Sampling temperature; 0 selects greedy decoding.", min=0, max=2)
    ] = 0.0,
    seed: Annotated[int, typer.Option(help="Seed for sampling above temperature 0.", min=0, max=2**31 - 1)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the events as JSON lines.")] = False,
) -> int:
    """Show how the models of a run continue a prompt, while they generate."""
    command = GenerateText(
        project=absolute(str(directory)),
        prompt=prompt,
        run=run,
        variants=_variants(variants),
        chat=chat,
        max_tokens=tokens,
        temperature=temperature,
        seed=seed,
    )
    return run_job(command, as_json, None if as_json else WritingView())[0]


def _variants(text: str) -> tuple[Variant, ...]:
    named = list_of(text)
    unknown = next((name for name in named if name not in get_args(Variant)), None)
    if unknown is not None:
        raise WrongUsage(
            f"--variants takes some of dense, pruned, compensated and recovered; '{unknown}' is none of them."
        )
    return cast(tuple[Variant, ...], named)


class WritingView:
    """Prints growing texts on standard output, each below its model's name, and everything else on standard error."""

    def __init__(self) -> None:
        self.state = RunState()
        self._console = plain_console(stderr=True)
        self._shown = ""

    def __enter__(self) -> "WritingView":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        sys.stdout.flush()

    def __call__(self, event: Event) -> None:
        """Show one event."""
        match event:
            case StageProgressed() if event.message != self._shown:
                self._shown = event.message
                self._print(f"{event.message}…", "dim")
            case MessageLogged(level="info" | "warning" | "error"):
                self._print(plain(event.message), "")
            case PieceWritten(tokens=0, done=False):
                sys.stdout.write(f"{VARIANT_TITLES[event.variant]}\n")
                sys.stdout.flush()
            case PieceWritten():
                sys.stdout.write(safe_text(event.text) + ("\n\n" if event.done else ""))
                sys.stdout.flush()
                if event.done:
                    self._print(
                        f"{counted(event.tokens, 'token')}, {plain(format_rate(event.tokens_per_second))}", "dim"
                    )
            case RunFinished(outcome="failed"):
                self._print(f"Error: {event.message}", "bold red")
            case RunFinished(outcome="stopped"):
                self._print(f"\n{event.message}", "")

    def _print(self, words: str, style: str) -> None:
        self._console.print(words, style=style, soft_wrap=True)
