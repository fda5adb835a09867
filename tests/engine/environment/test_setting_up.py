"""The environment is made whole or not at all, and every fault is a sentence after which the next try completes."""

import os
import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.locations import cache_folder, config_folder
from engine.environment import plan as planning
from engine.environment.builds import CPU, CUDA_ON_LINUX
from engine.environment.inspection import inspect_python
from engine.environment.machine import Machine
from engine.environment.own_code import code_folder
from engine.environment.parts import CHOSEN, pinned
from engine.environment.plan import Plan, plan_as_before
from engine.environment.program import EngineMissing, engine_program, engine_state
from engine.environment.progress import Progress
from engine.environment.record import Choice, default_place, read_record, write_choice
from engine.environment.setting_up import Setup, remove_environment
from engine.environment.uv_process import Interrupted
from engine.environment.work import RemoveEnvironment, UseEnvironment
from tests.engine.environment.stand_in_uv import StandInUv

HERE = Machine("linux", "x86_64")
UNREACHABLE = """error: Request failed after 3 retries
  Caused by: Failed to fetch: `https://packages.example.org/simple/numpy/`
  Caused by: error sending request for url (https://packages.example.org/simple/numpy/)
  Caused by: tcp connect error"""
FULL = "error: Failed to install: pyarrow-26.0.1\n  Caused by: No space left on device (os error 28)"
DAMAGED = """error: No solution found when resolving dependencies
  cause: Because torch==2.13.0+cpu has an invalid package format, your requirements are unsatisfiable.

hint: The structure of `torch` (v2.13.0+cpu) was invalid:
  Failed to read from zip file"""
MISSING = """error: No solution found when resolving dependencies
  cause: Because there is no version of torch==2.13.0 and you require
         torch==2.13.0, your requirements are unsatisfiable.

hint: Another index has it."""
BROKEN = """  x Failed to download `torch==2.13.0`
  |-> Failed to extract archive: torch-2.13.0.whl
  `-> Bad CRC (got 1, expected 2)"""


def silent(_progress: Progress) -> None:
    """Ignore the progress."""


def set_up(**more: object) -> None:
    """Set up the CPU build in the usual place."""
    Setup(Plan(build=CPU, **more), silent).run()  # type: ignore[arg-type]


def test_without_a_setup_there_is_no_engine_and_the_sentence_names_the_command(uv: StandInUv) -> None:
    assert uv.calls() == []
    with pytest.raises(EngineMissing, match=r"not set up yet\. Set it up with 'layerswarm engine setup'"):
        engine_program()


@pytest.mark.usefixtures("uv")
def test_a_setup_makes_tests_and_chooses_the_environment() -> None:
    seen: list[Progress] = []
    sentence = Setup(Plan(build=CPU, parts=CHOSEN), seen.append).run()
    assert sentence == "The engine is ready: torch 2.13.0."
    state, program = engine_state(), engine_program()
    assert (state.problem, state.is_outdated) == (None, False)
    assert program.python.parent.parent.parent == default_place()
    assert program.command("engine.worker")[1:] == ["-m", "engine.worker"]
    assert program.environment()["PYTHONPATH"].startswith(str(code_folder()))
    assert [each.step for each in seen[:2]] == ["python", "packages"]
    assert seen[-1].step == "test"
    last = max(seen, key=lambda each: each.done)
    assert (last.done, last.total) == (round(182.9 * 2**20) + round(16.1 * 2**20),) * 2


def test_packages_are_installed_by_our_pins_without_those_of_the_window(uv: StandInUv) -> None:
    set_up(parts=("tasks",))
    (install,) = (call for call in uv.calls("install") if "--dry-run" not in call)
    assert "--constraint" in install
    names = {re.split("[<>=~!]", word)[0] for word in install}
    assert {"torch", "transformers", "msgspec", "lm-eval"} <= names
    assert not {"uv", "pyqtgraph", "PySide6-Essentials", "onnx"} & names


@pytest.mark.parametrize(("offered", "asks_torchs_index"), [("", False), (" + nvidia-cublas==13.1", True)])
def test_the_cpu_build_comes_from_torchs_index_only_if_the_usual_sources_have_another(
    uv: StandInUv, offered: str, asks_torchs_index: bool
) -> None:
    (uv.folder / "offered").write_text(offered)
    set_up()
    (install,) = (call for call in uv.calls("install") if "--dry-run" not in call)
    assert ("--torch-backend" in install) is asks_torchs_index


def test_where_torchs_index_is_blocked_the_other_ways_are_named(uv: StandInUv) -> None:
    uv.tell("plan", "error: No solution found when resolving dependencies")
    uv.tell("install", UNREACHABLE.replace("packages.example.org", "download.pytorch.org"))
    with pytest.raises(LayerSwarmError, match=r"cannot be reached.* the build 'cuda', NVIDIA.*LAYERSWARM_TORCH_INDEX"):
        set_up()


def test_a_named_index_serves_torch_alone(uv: StandInUv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_TORCH_INDEX", "https://example.org/rocm")
    set_up()
    torch, rest = uv.calls("install")
    assert torch[-3:] == ["--default-index", "https://example.org/rocm", pinned("torch")]
    assert "--default-index" not in rest


def test_from_a_folder_of_wheels_no_index_is_asked(uv: StandInUv, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no wheels"):
        set_up(wheels=str(tmp_path))
    (tmp_path / "torch-2.13.0-py3-none-any.whl").touch()
    set_up(wheels=str(tmp_path))
    (install,) = uv.calls("install")
    assert {"--no-index", "--find-links", str(tmp_path)} <= {*install}


def test_where_pip_may_use_no_index_uv_uses_none(uv: StandInUv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    set_up()
    (install,) = uv.calls("install")
    assert "--no-index" in install
    assert "--torch-backend" not in install


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (UNREACHABLE, "https://packages.example.org cannot be reached"),
        (FULL, "The disk is full"),
        (BROKEN, r"The package torch==2\.13\.0 is damaged"),
        (DAMAGED, "The package torch is damaged"),
        (MISSING, r"do not have what is needed: .Because there is no version of torch.* are unsatisfiable.\.$"),
        ("error: something new\n  Caused by: a reason", 'The installation stopped: "a reason".'),
    ],
)
def test_a_failed_installation_is_a_sentence_and_the_next_try_completes(uv: StandInUv, output: str, words: str) -> None:
    uv.tell("install", output)
    with pytest.raises(LayerSwarmError, match=words):
        set_up()
    assert engine_state().problem is not None
    assert [each.name for each in default_place().iterdir() if each.name != "downloads"] == ["lock"]
    uv.tell("install", "")
    set_up()
    assert engine_state().problem is None


def test_an_environment_that_fails_its_test_is_not_used(uv: StandInUv) -> None:
    uv.tests("FAILED: ImportError: libtorch.so: cannot open", works=False)
    with pytest.raises(LayerSwarmError, match=r"does not work in this environment: .ImportError: libtorch\.so"):
        set_up()
    assert engine_state().problem is not None
    uv.tests("fine")
    set_up()
    assert engine_state().problem is None


def test_too_little_room_is_refused_before_anything_is_downloaded(
    uv: StandInUv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "free_disk", lambda _place: 10**9)
    with pytest.raises(BadInput, match=r"needs about 1\.2 GB, but .* has 1\.0 GB free"):
        set_up()
    assert uv.calls() == []


def test_a_python_that_is_too_old_is_refused(uv: StandInUv) -> None:
    python = uv.environment()
    uv.finds((3, 9, 2), {})
    with pytest.raises(BadInput, match=r"is Python 3\.9\.2; the engine needs Python 3\.11 or newer"):
        set_up(python=str(python))
    with pytest.raises(BadInput, match="There is no Python at /nowhere"):
        set_up(python="/nowhere/python")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another thread, half a minute at most."""
    until = time.monotonic() + 30
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    assert is_so()


def stopped_while_waiting(work: Setup, has_begun: Callable[[], bool]) -> None:
    """Run a setup and stop it from another thread, once it has begun to wait."""

    def stop() -> None:
        wait_until(has_begun)
        work.stop()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Interrupted, match="the next setup goes on from there"):
        work.run()
    thread.join()


def interrupted(work: Setup) -> None:
    """Run a setup that is stopped meanwhile."""
    with pytest.raises(Interrupted):
        work.run()


@pytest.mark.parametrize("kind", ["venv", "plan", "install"])
def test_a_paused_setup_leaves_no_environment_and_goes_on(uv: StandInUv, kind: str) -> None:
    uv.tell(kind, "wait")
    stopped_while_waiting(Setup(Plan(build=CPU), silent), lambda: uv.waits)
    assert engine_state().problem is not None
    uv.tell(kind, "")
    set_up()
    assert engine_state().problem is None


@pytest.mark.usefixtures("uv")
def test_what_a_killed_setup_left_is_never_used_and_goes_with_the_next() -> None:
    place = default_place()
    left = place / "environment-0123abcd"  # killed between the last rename and the record
    left.mkdir(parents=True)
    write_choice(Choice(place=str(place)))
    with pytest.raises(EngineMissing, match="There is no whole environment in"):
        engine_program()
    set_up()
    assert not left.exists()
    assert engine_state().problem is None


def test_an_update_keeps_the_old_environment_until_the_new_one_is_whole(uv: StandInUv) -> None:
    set_up()
    before = engine_program().python
    uv.tell("install", FULL)
    with pytest.raises(LayerSwarmError, match="disk is full"):
        set_up()
    assert engine_program().python == before
    uv.tell("install", "")
    set_up()
    assert engine_program().python != before
    assert not before.exists()


def test_other_pins_offer_an_update_and_other_ranges_demand_it(uv: StandInUv, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up()
    monkeypatch.setattr("engine.environment.program.pins_digest", lambda: "others")
    assert engine_state().is_outdated
    assert engine_state().problem is None
    record = read_record(default_place())
    assert record is not None
    uv.finds((3, 12, 1), {**uv.packages, "transformers": "4.0"})
    set_up()
    with pytest.raises(EngineMissing, match=r"must be updated: transformers is 4\.0, but"):
        engine_program()


def test_one_setup_at_a_time_works_in_a_place(uv: StandInUv) -> None:
    uv.tell("install", "wait")
    first = Setup(Plan(build=CPU), silent)
    thread = threading.Thread(target=interrupted, args=(first,))
    thread.start()
    wait_until(lambda: uv.waits)
    with pytest.raises(LayerSwarmError, match="Another setup is at work"):
        set_up()
    first.stop()
    thread.join()


@pytest.mark.usefixtures("uv")
def test_removing_leaves_nothing_of_the_engine() -> None:
    set_up()
    assert "is removed" in RemoveEnvironment().run()
    assert not default_place().parent.exists()
    assert engine_state().problem is not None
    remove_environment(default_place() / "never")


@pytest.mark.parametrize("name", ["thesis.txt", "environment-research", "environment-Projects", "environment.json.old"])
def test_a_place_with_other_things_is_refused_and_left_alone(uv: StandInUv, name: str, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    (place / name).mkdir(parents=True)
    (place / "downloads").mkdir()
    with pytest.raises(BadInput, match=f"holds other things, such as {name}; choose a new or empty folder"):
        set_up(place=place)
    assert sorted(each.name for each in place.iterdir()) == sorted([name, "downloads"])
    assert uv.calls() == []


@pytest.mark.usefixtures("uv")
def test_what_is_put_beside_an_environment_later_survives_its_update_and_removal(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    set_up(place=place)
    for name in ("environment-research", "downloads", "environment-letters1"):
        (place / name).mkdir(exist_ok=True)
        (place / name / "thesis.txt").touch()
    (place / "environment-0123abcd").symlink_to(place / "environment-research")
    set_up(place=place)
    assert engine_state().problem is None
    RemoveEnvironment().run()
    assert {each.parent.name for each in place.rglob("thesis.txt")} == {
        *("environment-research", "downloads", "environment-letters1"),
    }


def test_another_python_imports_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pythons before 3.11 do not know PYTHONSAFEPATH, and are looked at to learn that they are too old."""
    (tmp_path / "json.py").write_text("raise SystemExit('the code of a project runs')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("engine.environment.inspection.child_environment", lambda: {"PATH": os.environ["PATH"]})
    assert inspect_python(Path(sys.executable)).version[:2] == sys.version_info[:2]


def test_removing_takes_what_a_setup_has_left_that_never_ended_well(uv: StandInUv) -> None:
    uv.tell("install", UNREACHABLE)
    with pytest.raises(LayerSwarmError):
        set_up()
    (default_place() / "downloads").mkdir(exist_ok=True)
    (default_place() / "downloads" / "CACHEDIR.TAG").touch()
    assert engine_state().choice == Choice()
    RemoveEnvironment().run()
    assert not default_place().exists()


@pytest.mark.usefixtures("uv")
def test_other_files_in_the_place_are_kept() -> None:
    set_up()
    (default_place() / "notes.txt").touch()
    RemoveEnvironment().run()
    assert [each.name for each in default_place().iterdir()] == ["notes.txt"]


@pytest.mark.usefixtures("uv")
def test_before_uninstalling_all_that_is_no_project_can_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    named = tmp_path / "named"
    for place in (config_folder() / "presets", cache_folder(), named):
        place.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("LAYERSWARM_CACHE", str(named))
    RemoveEnvironment(everything=True).run()
    monkeypatch.delenv("LAYERSWARM_CACHE")
    assert [place.exists() for place in (config_folder(), cache_folder(), default_place())] == [False] * 3
    assert named.exists(), "a folder that the person has named may hold more"


@pytest.mark.usefixtures("uv")
def test_a_repair_makes_the_same_again_from_fresh_downloads() -> None:
    set_up(parts=("tasks",))
    downloads = default_place() / "downloads"
    downloads.mkdir(exist_ok=True)
    (downloads / "damaged").touch()
    (downloads / "CACHEDIR.TAG").touch()  # as uv marks it
    engine_program().python.unlink()
    assert engine_state().problem is not None
    plan = plan_as_before(engine_state(), HERE)
    assert (plan.build, plan.parts, plan.place) == (CPU, ("tasks",), default_place())
    Setup(plan, silent, fresh=True).run()
    assert not (downloads / "damaged").exists()
    assert engine_state().problem is None


def test_an_environment_that_the_person_has_is_checked_and_left_alone(uv: StandInUv) -> None:
    python = uv.environment()
    uv.finds((3, 12, 1), {})
    with pytest.raises(BadInput, match=r"does not fit: .* is missing, .* and \d+ more"):
        UseEnvironment(str(python.parent.parent), silent).run()
    uv.finds((3, 12, 1), uv.packages)
    uv.tests("FAILED: OSError: no libcuda", works=False)
    with pytest.raises(LayerSwarmError, match="OSError: no libcuda"):
        UseEnvironment(str(python), silent).run()
    uv.tests("torch 2.13.0; cpu")
    UseEnvironment(str(python.parent.parent), silent).run()
    assert engine_program().python == python
    assert uv.calls() == []
    RemoveEnvironment().run()
    assert python.exists()
    assert engine_state().problem is not None


@pytest.mark.usefixtures("uv")
def test_a_chosen_build_is_kept() -> None:
    Setup(Plan(build=CUDA_ON_LINUX), silent).run()
    assert plan_as_before(engine_state(), HERE).build is CUDA_ON_LINUX


def test_no_settings_of_the_working_folder_reach_uv(
    uv: StandInUv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path))
    set_up()
    variables = (uv.folder / "variables").read_text()
    assert "VIRTUAL_ENV" not in variables
    assert f"UV_CACHE_DIR={default_place() / 'downloads'}" in variables
