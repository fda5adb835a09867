"""A run on a Ray cluster comes to what it does in one process, to the last digit, whatever becomes of its workers."""

import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest
import torch

from engine.api.commands import RunProject, StopMode
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import ClusterNodeFound, IterationFinished
from engine.models.folder import folder_digest
from engine.models.progress import silent
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.workers import gpus_together
from engine.pipeline.workers.cluster import connect, connected, nodes_of
from engine.pipeline.workers.cluster_actor import ClusterActor
from engine.pipeline.workers.cluster_address import check_address
from engine.pipeline.workers.cluster_link import ActorLink, model_files
from engine.pipeline.workers.cluster_pool import worker_places
from engine.pipeline.workers.reasons import decoded_reason
from engine.sources.resolve import resolve_source
from tests.engine.pipeline.cases import Watch, run, scored, small_project, state_of
from tests.engine.pipeline.killed_run import kill_at_work
from tests.engine.pipeline.ray_nodes import ENVIRONMENT, RayNodes, left_after_a_moment, running, without_a_shared_disk
from tests.engine.pipeline.workers_at_work import (
    SETTINGS,
    assert_stopped,
    begin_together,
    figures,
    journal,
    scores,
    stop_at_piece,
    told,
)
from tests.engine.tiny_models import save_tiny

HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")


def test_a_cluster_that_a_project_names_is_not_reached_before_it_is_allowed(tmp_path: Path) -> None:
    project = small_project(tmp_path, device__cluster="ray://elsewhere:10001")
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder), until="search")) == 2
    assert "leads to the cluster ray://elsewhere:10001, which" in watch.ending.message
    assert "you have not allowed" in watch.ending.message


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
def test_two_nodes_come_to_the_journal_of_one_process(
    nodes: RayNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_together(monkeypatch)
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")

    with connected(nodes.address) as ray:
        assert [(node.cpus, node.gpus) for node in nodes_of(ray)] == [(1, 0), (1, 0)]

    _at_exchange(monkeypatch, {8: lambda: os.kill(running("ClusterActor")[0].pid, signal.SIGKILL)})
    many = small_project(tmp_path / "many", **SETTINGS, device__cluster=nodes.address)
    watch = run(many, "search")
    assert journal(many) == journal(one)
    (sentence,) = told(watch, "is replaced by a new worker")
    assert "its process is gone" in sentence
    assert [worker.state for worker in figures(watch).workers].count("working") >= 2
    assert left_after_a_moment() == []
    assert _listening_beyond_here() == []

    monkeypatch.setenv("RAY_ADDRESS", nodes.address)  # of several on this machine, the one that is meant
    resumed = small_project(tmp_path / "resumed", **SETTINGS, device__cluster="auto", device__cluster_workers=1)
    paused = Watch("pause", lambda event: isinstance(event, IterationFinished))
    paused.do(RunProject(project=str(resumed.folder), until="search"))
    assert paused.ending.outcome == "paused"
    settings = resumed.settings
    resumed.save(msgspec.structs.replace(settings, device=msgspec.structs.replace(settings.device, cluster="")))
    run(resumed, "search")
    assert len(resumed.runs()) == 1
    assert state_of(resumed).search.removed == state_of(one).search.removed  # type: ignore[union-attr]
    assert scores(resumed) == scores(one)


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
def test_four_nodes_without_a_shared_disk_that_a_client_reaches_lose_one_and_come_to_the_same(
    nodes: RayNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_together(monkeypatch)
    without_a_shared_disk(monkeypatch)
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")
    with nodes.more(2) as (_, lost):
        _at_exchange(monkeypatch, {14: lambda: nodes.lose(lost)})  # all have their model; some have done a part
        many = small_project(tmp_path / "many", **SETTINGS, device__cluster=nodes.client)
        watch = run(many, "search")
    assert journal(many) == journal(one)
    assert len(figures(watch).workers) == 5
    (sentence,) = told(watch, "is left out")
    assert re.search("its node (is gone|has no room)|its process is gone", sentence)
    assert left_after_a_moment() == []


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
@pytest.mark.parametrize("mode", ["pause", "keep_best", "discard"])
def test_a_stop_reaches_every_node_before_its_next_piece(
    mode: StopMode, nodes: RayNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_together(monkeypatch)
    project, watch = small_project(tmp_path, **SETTINGS, device__cluster=nodes.address), Watch()
    after = stop_at_piece(monkeypatch, ActorLink, watch, mode)
    watch.do(RunProject(project=str(project.folder), until="search"))
    assert_stopped(watch, project, mode, after)
    assert left_after_a_moment() == []


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
@pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX")
@pytest.mark.parametrize("on_cluster", [False, True], ids=["processes", "cluster"])
def test_a_run_that_is_killed_ends_its_workers_and_resumes_with_another_number(
    on_cluster: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")
    device: dict[str, object] = {"device__workers": 2}
    if on_cluster:
        device = {"device__cluster": request.getfixturevalue("nodes").address}
    killed = small_project(tmp_path / "killed", **SETTINGS, **device)
    kill_at_work(killed, "search")
    assert left_after_a_moment() == []
    begun = list(scored(killed))
    settings = killed.settings
    alone = msgspec.structs.replace(settings.device, cluster="", workers=1)
    killed.save(msgspec.structs.replace(settings, device=alone))
    run(killed, "search")
    assert len(killed.runs()) == 1
    assert list(scored(killed))[: len(begun)] == begun
    assert len(set(scored(killed))) == len(list(scored(killed)))  # nothing that was measured is measured again
    assert scores(killed) == scores(one)


def _at_exchange(monkeypatch: pytest.MonkeyPatch, happening: dict[int, Callable[[], None]]) -> None:
    """Let something happen when the run has sent so many requests to its workers."""
    exchange, asked = ActorLink.exchange, []

    def counted(link: ActorLink, request: bytes) -> bytes:
        asked.append(request)
        happening.pop(len(asked), lambda: None)()
        return exchange(link, request)

    monkeypatch.setattr(ActorLink, "exchange", counted)


def _listening_beyond_here() -> list[Any]:
    """The sockets of the processes that this one has started, and its own, which other computers could reach."""
    own = [psutil.Process(), *psutil.Process().children(recursive=True)]
    sockets: list[Any] = []
    for each in own:
        with suppress(psutil.NoSuchProcess):
            sockets += each.net_connections(kind="tcp")
    return [each for each in sockets if each.status == psutil.CONN_LISTEN and each.laddr.ip not in HERE]


def test_a_cluster_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)  # Ray may be imported here first, and reads them then
    pytest.importorskip("ray", reason="needs Ray: pip install 'layerswarm[cluster]'")
    with pytest.raises(BadInput, match=r"no cluster at '127\.0\.0\.1:9'"):
        connect("127.0.0.1:9")


@pytest.mark.parametrize("address", ["nonsense", "ray://elsewhere", "elsewhere:70000", "http://elsewhere:80"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="is no address of a cluster; use auto, ray://HOST:10001 or HOST:6379"):
        check_address(address)


def test_a_port_where_something_else_listens_is_refused_at_once() -> None:
    pytest.importorskip("grpc", reason="needs Ray's client: pip install 'layerswarm[cluster]'")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        with pytest.raises(OSError, match="does not answer as Ray does"):
            check_address(f"127.0.0.1:{server.server_address[1]}")
        server.shutdown()
        serving.join()


@pytest.mark.slow
def test_the_other_port_of_a_cluster_is_named(nodes: RayNodes) -> None:
    check_address(nodes.address)
    check_address(nodes.client)
    with pytest.raises(BadInput, match="server for clients answers; write ray://"):
        check_address(nodes.client.removeprefix("ray://"))
    with pytest.raises(BadInput, match=r"not its server for clients; write .* without ray://"):
        check_address(f"ray://{nodes.address}")


def test_without_ray_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(BadInput, match=r"pip install 'layerswarm\[cluster\]'"):
        connect("auto")


def test_no_cluster_is_reached_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_OFFLINE", "1")
    with pytest.raises(LayerSwarmError, match="a cluster is reached over the network"):
        connect("auto")


def test_workers_are_spread_over_the_nodes_one_for_each_gpu() -> None:
    large, small, plain = (
        ClusterNodeFound(node=name * 10, host=name, address="", cpus=8, gpus=gpus)
        for name, gpus in (("large", 2), ("small", 1), ("plain", 0))
    )
    nodes = [large, small, plain]
    assert [name for name, _ in worker_places(nodes, "cuda", 0)] == ["large/cuda:0", "small/cuda:0", "large/cuda:1"]
    assert [name for name, _ in worker_places(nodes, "cuda", 2)] == ["large/cuda:0", "small/cuda:0"]
    assert [name for name, _ in worker_places(nodes, "cpu", 0)] == ["large", "small", "plain"]


class TestModelOnANode:
    """A node without the run's folder gets the model's files."""

    @pytest.fixture(autouse=True)
    def _model(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "node"))
        self.model, self.actor = tmp_path / "model", ClusterActor()
        save_tiny("llama", self.model)
        self.digest = folder_digest(self.model)

    def test_it_is_used_where_the_nodes_share_a_disk(self) -> None:
        assert self.actor.folder(str(self.model), self.digest) == str(self.model)

    def test_it_is_sent_once_and_kept_under_its_digest(self) -> None:
        missing = str(self.model / "elsewhere")
        assert self.actor.folder(missing, self.digest) == ""
        for name, part in model_files(self.model):
            assert self.actor.receive(name, part) == b""
        kept = self.actor.keep(self.digest)
        assert folder_digest(Path(kept)) == self.digest
        assert ClusterActor().folder(missing, self.digest) == kept

    @pytest.mark.parametrize("name", ["../outside", ".hidden", "/etc/passwd", "a/b", ""])
    def test_a_name_that_leads_elsewhere_is_refused(self, name: str) -> None:
        assert "is not the name of a model's file" in decoded_reason(self.actor.receive(name, b""))


class TestModelLargerThanOneGpu:
    """It is kept in several GPUs of a machine where that is faster than fetching its layers."""

    @pytest.fixture(autouse=True)
    def _model(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        save_tiny("llama", tmp_path / "model")
        folder = resolve_source(str(tmp_path / "model"), "", silent)
        self.placed = PlacedModel(folder, small_project(tmp_path).settings, "cuda:0", torch.bfloat16)
        self.weights = 2 * self.placed.cost.sizes.parameters
        self.monkeypatch = monkeypatch

    def gpus(self, room: float, nodes: int = 1, tokens: int = 1) -> tuple[int, str]:
        """The GPUs of each worker, and the sentence, where a GPU has room for this part of the model."""
        self.monkeypatch.setattr(gpus_together, "memory_to_use", lambda *_: round(room * self.weights))
        self.monkeypatch.setattr(gpus_together, "_tokens", lambda *_: tokens)
        machines = [ClusterNodeFound(node=str(each), host="h", address="", cpus=8, gpus=4) for each in range(nodes)]
        count, words = gpus_together.gpus_together(self.placed, machines, 0)
        return count, str(words)

    def test_one_gpu_that_holds_it_is_enough(self) -> None:
        assert self.gpus(1.1) == (1, "")

    def test_few_tokens_would_wait_for_the_fetching(self) -> None:
        count, words = self.gpus(0.7)
        assert count == 2
        assert "keeps it in 2 GPUs of its machine" in words

    def test_much_text_keeps_more_gpus_busy_one_by_one(self) -> None:
        count, words = self.gpus(0.7, tokens=10**6)
        assert count == 1
        assert "fetches its layers each time that they are applied, which is faster here" in words

    def test_the_same_text_on_more_machines_waits_for_the_fetching_again(self) -> None:
        assert self.gpus(0.7, nodes=64, tokens=10**6)[0] == 2

    def test_a_machine_whose_gpus_do_not_hold_it_together_fetches(self) -> None:
        count, words = self.gpus(0.1)
        assert count == 1
        assert "nor into those of one machine of the cluster together" in words


def test_workers_of_several_gpus_are_named_by_them() -> None:
    node = ClusterNodeFound(node="large", host="large", address="", cpus=8, gpus=5)
    assert [name for name, _ in worker_places([node], "cuda", 0, 2)] == ["large/cuda:0-1", "large/cuda:2-3"]
