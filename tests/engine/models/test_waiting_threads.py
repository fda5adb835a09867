"""Threads that wait leave the processor to others, unless the user has decided it."""

import os
import subprocess
import sys

import pytest

from engine.models.waiting_threads import limit_spinning


@pytest.mark.parametrize("name", ["GOMP_SPINCOUNT", "OMP_WAIT_POLICY"])
def test_the_users_choice_is_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, "ACTIVE" if name == "OMP_WAIT_POLICY" else "infinite")
    before = dict(os.environ)
    limit_spinning()
    assert dict(os.environ) == before


def test_spinning_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOMP_SPINCOUNT", "")  # restored after the test
    monkeypatch.delenv("GOMP_SPINCOUNT")
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    limit_spinning()
    assert os.environ["GOMP_SPINCOUNT"] == "10000"


STARTS = {
    "worker": "from engine.worker import main; os._exit = sys.exit; start = main",
    "command line": "from engine.cli.main import main; start = lambda: main(['--version'])",
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_the_engine_limits_it_before_torch_is_imported(start: str) -> None:
    code = f"""import os, sys
{start}
try:
    start()
except SystemExit:
    print('torch' in sys.modules, os.environ['GOMP_SPINCOUNT'], file=sys.stderr)
"""
    own = {name: value for name, value in os.environ.items() if name not in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")}
    done = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True, env=own, check=True)
    assert done.stderr.decode().split()[-2:] == ["False", "10000"]
