"""``layerswarm cluster`` lists what is there, and how many workers a run would have."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from engine.cli import cluster_command
from engine.cli.main import app, routed
from engine.pipeline.workers import cluster


class Ray:
    """As much of Ray as lists its nodes."""

    def nodes(self) -> list[dict[str, Any]]:
        return [
            _node("desk", {"CPU": 8.0, "memory": 16e9}),
            _node("rack", {"CPU": 64.0, "GPU": 4.0, "memory": 256e9, "accelerator_type:H200": 1.0}),
            {**_node("off", {"CPU": 8.0}), "Alive": False},
        ]


def _node(host: str, resources: dict[str, float]) -> dict[str, Any]:
    return {
        "NodeID": host * 8,
        "Alive": True,
        "NodeManagerHostname": host,
        "NodeManagerAddress": f"10.0.0.{len(host)}",
        "Resources": resources,
    }


@pytest.fixture(autouse=True)
def _ray(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def connected(_address: str) -> Iterator[Ray]:
        yield Ray()

    monkeypatch.setattr(cluster_command, "connected", connected)


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


def test_machines_with_gpus_come_first_and_those_that_are_gone_are_left_out() -> None:
    result = typed("cluster")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "rack   10.0.0.4, 4 GPUs (H200), 64 cores, 256.0 GB of memory for Ray",
        "desk   10.0.0.4, 8 cores, 16.0 GB of memory for Ray",
        "A run would have 4 workers on GPUs, or 2 workers on CPUs.",
    ]


def test_the_machines_are_printed_as_json() -> None:
    nodes = json.loads(typed("cluster", "--json").stdout)
    assert [(node["host"], node["gpus"], node["cpus"]) for node in nodes] == [("rack", 4, 64), ("desk", 0, 8)]


def test_a_machine_without_ray_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_command, "connected", cluster.connected)
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    result = typed("cluster")
    assert result.exit_code == 2
    assert "pip install 'layerswarm[cluster]'" in result.stderr
