"""``layerswarm engine``: set up, inspect, repair and remove the environment that the engine runs in."""

from typing import Annotated

import typer
from rich.console import Console

from engine.api.exit_codes import STOPPED
from engine.api.locations import given_path
from engine.api.version import version_and_commit
from engine.cli.arguments import list_of
from engine.cli.console import plain, plain_console, print_pairs
from engine.cli.errors import reports_errors
from engine.cli.interrupts import stop_on_interrupt
from engine.cli.wrong_usage import WrongUsage
from engine.environment.builds import build_named, fitting_build
from engine.environment.inspection import self_test
from engine.environment.machine import find_machine
from engine.environment.parts import CHOSEN, PARTS, check_parts
from engine.environment.plan import Plan, plan_as_before
from engine.environment.program import EngineState, engine_program, engine_state, has_engine_here
from engine.environment.progress import Progress
from engine.environment.record import default_place, python_of, read_choice
from engine.environment.setting_up import Setup
from engine.environment.uv_process import Interrupted
from engine.environment.work import RemoveEnvironment, UseEnvironment, Work
from engine.results.figures import format_bytes

_AUTO, _NONE = "auto", "none"
_USUAL = ",".join(CHOSEN)
With = Annotated[
    str, typer.Option("--with", help=f"Parts beside the engine, of {', '.join(part.key for part in PARTS)}, or none.")
]


def engine_commands() -> typer.Typer:
    """Return the application of the commands."""
    commands = typer.Typer(help="Set up, inspect, repair or remove what the engine runs in.", add_completion=False)
    for command in (setup, status, repair, remove, use):
        commands.command()(reports_errors(command))
    return commands


def setup(
    build: Annotated[str, typer.Option(help="The build of torch: auto, cpu, cuda, cuda12, rocm, xpu, apple.")] = _AUTO,
    parts: With = _USUAL,
    folder: Annotated[str, typer.Option(help="Where it goes; by default the folder of your data.")] = "",
    python: Annotated[str, typer.Option(help="The Python that it is made with.")] = "",
    wheels: Annotated[str, typer.Option(help="Install from the wheels in this folder, without a network.")] = "",
) -> int:
    """Download and install what the engine needs, into a folder of its own."""
    machine = find_machine()
    fit = fitting_build(machine)
    plan = Plan(
        build=fit.build if build == _AUTO else build_named(build, machine),
        parts=check_parts(() if parts == _NONE else list_of(parts)),
        place=given_path(folder).absolute() if folder else default_place(),
        python=str(python_of(python)) if python else "",
        wheels=str(given_path(wheels).absolute()) if wheels else "",
    )
    plain_console().print(fit.reason, soft_wrap=True)
    return _make(plan)


def _make(plan: Plan, fresh: bool = False) -> int:
    console = plain_console()
    sizes = f"{plain(format_bytes(plan.download))} to download, {plain(format_bytes(plan.disk))} on the disk"
    console.print(f"{plan.build.title}, about {sizes}, in {plan.place}", soft_wrap=True)
    return _perform(Setup(plan, _Shown(console), fresh))


def _perform(work: Work) -> int:
    console = plain_console()
    try:
        with stop_on_interrupt(work.stop):
            console.print(work.run(), soft_wrap=True)
    except Interrupted as error:
        console.print(str(error), soft_wrap=True)
        return STOPPED
    return 0


def status(
    test: Annotated[bool, typer.Option("--test", help="Run the engine's self-test too, which takes a while.")] = False,
) -> int:
    """Show what the engine runs in, and whether it can be used."""
    state = engine_state()
    rows = [("LayerSwarm", version_and_commit()), ("Engine", environment_words(state))]
    if state.record is not None and not state.is_here:
        rows += [
            ("Folder", state.choice.place),
            ("Build", f"{state.record.build}, torch {state.record.torch}"),
            ("Parts", ", ".join(state.record.parts) or "none"),
        ]
    if state.python is not None:
        rows.append(("Python", str(state.python)))
    print_pairs(plain_console(), rows)
    if state.problem is not None:
        return 1
    if test:
        plain_console().print(self_test(engine_program()), soft_wrap=True)
    return 0


def repair() -> int:
    """Make the environment anew, with what it was made with, from fresh downloads."""
    choice, state = read_choice(), engine_state()
    if not choice.place:
        raise WrongUsage("There is no environment to repair; set one up with 'layerswarm engine setup'.")
    return _make(plan_as_before(state, find_machine()), fresh=True)


def remove(
    everything: Annotated[
        bool, typer.Option("--all", help="Remove caches, preferences and presets too, before uninstalling LayerSwarm.")
    ] = False,
) -> int:
    """Remove the environment and what was downloaded for it; projects and models stay."""
    return _perform(RemoveEnvironment(everything))


def use(
    path: Annotated[str, typer.Argument(help="Folder of an environment, or its Python.", show_default=False)],
) -> int:
    """Run the engine in an environment that you have; nothing is installed into it."""
    if has_engine_here():
        raise WrongUsage("The Python of LayerSwarm has the engine itself, and uses it.")
    if not path.strip():
        raise WrongUsage("PATH is empty; give the folder of an environment, or its Python.")
    return _perform(UseEnvironment(path, _Shown(plain_console())))


def environment_words(state: EngineState) -> str:
    """Return in a line what the engine runs in."""
    if state.problem is not None:
        return str(state.problem)
    if state.is_here:
        return "in the Python of LayerSwarm"
    return "ready; an update is offered: layerswarm engine setup" if state.is_outdated else "ready"


class _Shown:
    """Prints the progress: each step, and downloads as they end."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: tuple[str, int] = ("", 0)

    def __call__(self, progress: Progress) -> None:
        words, downloading = str(progress.sentence), progress.total > progress.done
        if downloading:
            done, total = (plain(format_bytes(each)) for each in (progress.done, progress.total))
            words = f"{words} ({done} of {total})"
        now = (progress.step, progress.done)
        if not downloading or now != self._shown:
            self._console.print(words, soft_wrap=True)
        self._shown = now
