"""Be the person who has installed LayerSwarm: set the engine up, try the demo, export the model - by the mouse alone.

    /usr/bin/python3 person.py PROJECTS PICTURES COMMAND...

The window is found as a screen reader finds it (walk.py, which is tests/e2e/atspi_walk.py) and used by xdotool on an X
server of its own. Prints what was done with its time in seconds, and the path of the exported model last. Pictures of
the screen go to the folder PICTURES.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WALK = Path(__file__).with_name("walk.py")
DISPLAY = ":57"
BUTTONS = ("push button", "button", "toggle button", "button menu", "push button menu")
PATIENCE = 5400.0
PRESET = "Short"
OWN_PACKAGE_INDEX = "cuda"
SHORT = {
    "budget": {"layers": 3},
    "calibration": {"windows": 4, "heldout_windows": 2, "window_length": 32},
    "search": {"population": 4, "iterations": 3},
    "compensation": {"windows": 8, "refitted_layers": 1, "candidates": 2, "candidate_windows": 4},
    "recovery": {"windows": 8, "steps": 4, "rank": 4, "validation_windows": 2},
    "evaluation": {
        "prompts": ["def is_prime(n):"],
        "written_tokens": 4,
        "answer_tokens": 2,
        "prompt_tokens": [8],
        "decode_tokens": 4,
        "repeats": 1,
    },
}
"""A plan with little to do, as a preset of the person's own."""
Node = dict[str, Any]


class Person:
    """Looks at the window, points, clicks, and notes how long things take."""

    def __init__(self, pictures: Path, command: list[str]) -> None:
        self._pictures = pictures
        self._begun = time.monotonic()
        self.window = subprocess.Popen(command)

    def done(self, what: str) -> None:
        """Note that something is done, and how long it took."""
        name = what.replace(" ", "-")
        subprocess.run(["scrot", "--overwrite", str(self._pictures / f"{name}.png")], check=False)
        print(f"{time.monotonic() - self._begun:7.0f} s  {what}", flush=True)
        self._begun = time.monotonic()

    def look(self) -> list[Node]:
        """Return everything that the window shows; nothing while it cannot be read."""
        command = [sys.executable, str(WALK), str(self.window.pid)]
        answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        if self.window.poll() is not None:
            sys.exit(f"The window has ended with exit code {self.window.returncode}.")
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def button(self, name: str) -> Node | None:
        """Return a button that can be pressed; None where there is none."""
        fitting = [each for each in self.look() if each["role"] in BUTTONS and each["name"] == name]
        return next((each for each in fitting if {"showing", "enabled"} <= {*each["states"]}), None)

    def click(self, name: str) -> None:
        """Click on a button as soon as it can be pressed and stands still."""
        found: list[Node] = []

        def stands_still() -> bool:
            if (node := self.button(name)) is not None:
                found.append(node)
            return len(found) > 1 and found[-1]["middle"] == found[-2]["middle"]

        self.wait(f"the button '{name}'", stands_still)
        self.point(found[-1])

    def point(self, node: Node) -> None:
        """Click on the middle of something."""
        x, y = node["middle"]
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            time.sleep(0.3)

    def labels(self) -> set[str]:
        """Return the sentences that are shown."""
        return {each["name"] for each in self.look() if each["role"] == "label"}

    def reads(self, *texts: str) -> str:
        """Return the first shown text that begins with one of these; empty where none does."""
        shown = [each["name"] for each in self.look()]
        return next((name for name in shown if name.startswith(texts)), "")

    def wait(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; give up with everything that is shown."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > end:
                shown = [f"{each['role']}: {each['name']}" for each in self.look() if each["name"]]
                sys.exit(f"Waited in vain for {what}. The window shows:\n" + "\n".join(shown))
            time.sleep(1.0)


def main() -> None:
    """Walk the whole way."""
    projects, pictures, *command = sys.argv[1:]
    os.environ.update(DISPLAY=DISPLAY, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
    preset = Path.home() / ".config" / "layerswarm" / "presets" / f"{PRESET}.json"
    preset.parent.mkdir(parents=True, exist_ok=True)
    preset.write_text(json.dumps({"kind": "layerswarm settings", "settings": SHORT}))
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    helpers = [subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1500x1700x24", "-nolisten", "tcp"], **silent)]
    time.sleep(2.0)
    helpers.append(subprocess.Popen(["openbox", "--sm-disable"], **silent))
    person = Person(Path(pictures), command)
    try:
        set_up(person)
        print(walk_the_demo(person, Path(projects)))
    finally:
        for process in (person.window, *helpers[::-1]):
            process.terminate()
            process.wait()


def set_up(person: Person) -> None:
    """Set the engine up; where torch's own index is out of reach, from the usual index, as the sentence advises."""
    person.wait("the window", lambda: person.button("Set up") is not None)
    person.done("the window is open")
    before = person.labels()
    person.click("Set up")
    if (reason := ending(person, before)) and f"'{OWN_PACKAGE_INDEX}'" in reason:
        person.done("the setup has ended without an engine")
        print(f"            {reason}")
        choose_another_build(person)
        person.click("Go on")
        reason = ending(person, before)
    if reason:
        sys.exit(f"The engine could not be set up: {reason}")
    person.done("the engine is set up")
    person.click("Close")


def choose_another_build(person: Person) -> None:
    """Choose the build after the present one."""
    found: list[Node] = []

    def is_there() -> bool:
        found[:] = [each for each in person.look() if each["role"] == "combo box" and "enabled" in each["states"]]
        return bool(found)

    person.wait("the choice of builds", is_there)
    person.point(found[0])
    person.press("Down", "Return")


def ending(person: Person, before: set[str]) -> str:
    """Wait for the end of the setup and return the sentence on why it failed; empty where it did not."""
    person.wait("the setup to begin", lambda: person.button("Pause") is not None or bool(person.labels() - before))
    person.wait("the end of the setup", lambda: person.button("Pause") is None and bool(person.look()))
    if person.reads("The engine is ready"):
        return ""
    return " ".join(person.labels() - before)


def walk_the_demo(person: Person, projects: Path) -> Path:
    """Make the demo's project, run a short plan, export, and return the folder of the model."""
    person.click("Try the demo")
    person.click("Create")
    person.wait("the model", lambda: bool(person.reads("30 layers", "30 decoder layers", "30")))
    person.done("the model of the demo is there")
    person.press("ctrl+2")
    person.click("My presets")
    person.press("Down", "Return")
    person.click("Start")
    person.wait("the run to begin", lambda: any(map(person.button, ("Pause", "Start anyway"))))
    if person.button("Start anyway"):  # there is no estimate yet
        person.click("Start anyway")
    person.wait("the end of the run", lambda: bool(person.reads("Finished", "The run failed", "The engine")))
    ended = person.reads("Finished", "The run failed", "The engine")
    person.done("the run has ended")
    if not ended.startswith("Finished"):
        sys.exit(f"The run has ended with: {ended}")
    person.press("ctrl+6")
    person.click("Export")
    made: list[Path] = []

    def is_exported() -> bool:
        made[:] = [each.parent for each in projects.glob("**/exports/*/config.json")]
        return bool(made) and person.button("Export") is not None

    person.wait("the exported model", is_exported)
    person.done("the model is exported")
    return made[0]


if __name__ == "__main__":
    main()
