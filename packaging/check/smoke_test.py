"""Start a packaged window on any system: the command answers, the window opens, and a second start finds the first.

    python smoke_test.py COMMAND [WINDOW]      WINDOW: the program of the window, where it is another one

It needs no screen: Qt draws into memory.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PATIENCE, _ANSWER = 120.0, 30.0
_DELAYS = (5.0, 15.0, 45.0)


def main(command: str, window: str) -> None:
    """Run the test and print what works; exit with a sentence where something does not."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = without_engine(Path(folder))
        print(printed(0, environment, command, "--version"))
        print(printed(1, environment, command, "engine", "status"))
        project = Path(folder, "project")
        printed(0, environment, command, "new", str(project), "--model", "demo")
        if not any(finds_the_first([window, str(project)], environment, delay) for delay in _DELAYS):
            sys.exit("The window does not answer a second start.")
    print("The window opens.")


def without_engine(folder: Path) -> dict[str, str]:
    """Return the environment of a computer on which LayerSwarm has never been started."""
    names = {"linux": ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), "darwin": ("HOME",)}
    own = {name: str(folder) for name in names.get(sys.platform, ("LOCALAPPDATA", "APPDATA"))}
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "LAYERSWARM_OFFLINE": "1"}


def printed(code: int, environment: dict[str, str], *command: str) -> str:
    """Return what a command prints; exit unless it ends with this code."""
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    if ran.returncode != code:
        sys.exit(f"{' '.join(command)} ended with {ran.returncode}, not {code}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout.strip()


def finds_the_first(command: list[str], environment: dict[str, str], delay: float) -> bool:
    """Start the window, start it again, and return whether the first one has taken the project of the second one over.

    A second start that comes too early becomes a window itself; then another try waits longer.
    """
    complaints = tempfile.TemporaryFile()  # noqa: SIM115  # ends with this process
    first = subprocess.Popen(command, env=environment, stderr=complaints)
    time.sleep(delay)
    second = subprocess.Popen(command, env=environment)
    try:
        found = second.wait(_ANSWER) == 0
        if first.poll() is not None:
            sys.exit(f"The window has ended with exit code {first.returncode}.")
        return found
    except subprocess.TimeoutExpired:
        return False
    finally:
        for process in (first, second):
            process.kill()
            process.wait()
        complaints.seek(0)
        if b"Traceback" in (said := complaints.read()):
            sys.exit(f"The window has printed:\n{said.decode('utf-8', 'replace')}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[-1])
