"""A run on a Ray cluster comes to what it does in one process, to the last digit, whatever becomes of its workers."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from engine.api.commands import RunProject
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import ClusterNodeFound, IterationFinished
from engine.models.folder import folder_digest
from engine.pipeline.workers.cluster import connect, connected, nodes_of
from engine.pipeline.workers.cluster_actor import ClusterActor
from engine.pipeline.workers.cluster_link import ActorLink, model_files
from engine.pipeline.workers.cluster_pool import worker_places
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.pipeline.workers_at_work import SETTINGS, begin_together, figures, journal, scores, told
from tests.engine.tiny_models import save_tiny

HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_END_SECONDS = 30
_RAY = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_worker_niceness": "0"}
"""No statistics, all of Ray on the loopback address alone (its default on desktop systems), and at full priority."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two node processes."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _RAY.items():
            patch.setenv(name, value)
        pytest.importorskip("ray", reason="needs Ray: pip install 'layerswarm[cluster]'")
        from ray.cluster_utils import Cluster

        node = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
        started = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        started.add_node(**node)
        yield started.address
        started.shutdown()


def test_a_cluster_that_a_project_names_is_not_reached_before_it_is_allowed(tmp_path: Path) -> None:
    project = small_project(tmp_path, device__cluster="ray://elsewhere:10001")
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder), until="search")) == 2
    assert "leads to the cluster" in watch.ending.message
    assert "which you have not allowed" in watch.ending.message


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts", "allowed_code")
def test_two_nodes_come_to_the_journal_of_one_process(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_together(monkeypatch)
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")

    with connected(cluster) as ray:
        assert [(node.cpus, node.gpus) for node in nodes_of(ray)] == [(1, 0), (1, 0)]

    exchange, asked = ActorLink.exchange, []

    def killed_in_the_middle(link: ActorLink, request: bytes) -> bytes:
        asked.append(request)
        if len(asked) == 8:  # both have their model and their windows, and have done a part
            os.kill(_actors()[0].pid, signal.SIGKILL)
        return exchange(link, request)

    monkeypatch.setattr(ActorLink, "exchange", killed_in_the_middle)
    many = small_project(tmp_path / "many", **SETTINGS, device__cluster=cluster)
    watch = run(many, "search")
    assert journal(many) == journal(one)
    (sentence,) = told(watch, "is replaced by a new worker")
    assert "its process is gone" in sentence
    assert [worker.state for worker in figures(watch).workers].count("working") >= 2
    psutil.wait_procs(_actors(), _END_SECONDS)
    assert not _actors()  # none outlives its run
    assert _listening_beyond_here() == []

    resumed = small_project(tmp_path / "resumed", **SETTINGS, device__cluster=cluster, device__cluster_workers=1)
    paused = Watch("pause", lambda event: isinstance(event, IterationFinished))
    paused.do(RunProject(project=str(resumed.folder), until="search"))
    assert paused.ending.outcome == "paused"
    settings = resumed.settings
    resumed.save(msgspec.structs.replace(settings, device=msgspec.structs.replace(settings.device, cluster="")))
    run(resumed, "search")
    assert len(resumed.runs()) == 1
    assert state_of(resumed).search.removed == state_of(one).search.removed  # type: ignore[union-attr]
    assert scores(resumed) == scores(one)


def _actors() -> list[psutil.Process]:
    return [each for each in psutil.Process().children(recursive=True) if _is_actor(each)]


def _is_actor(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):  # it has ended since it was listed
        return process.status() != psutil.STATUS_ZOMBIE and "ClusterActor" in " ".join(process.cmdline())
    return False


def _listening_beyond_here() -> list[Any]:
    """The sockets of the processes that this one has started, and its own, which other computers could reach."""
    own = [psutil.Process(), *psutil.Process().children(recursive=True)]
    sockets: list[Any] = []
    for each in own:
        with suppress(psutil.NoSuchProcess):
            sockets += each.net_connections(kind="tcp")
    return [each for each in sockets if each.status == psutil.CONN_LISTEN and each.laddr.ip not in HERE]


def test_a_cluster_that_is_not_there_is_refused() -> None:
    pytest.importorskip("ray", reason="needs Ray: pip install 'layerswarm[cluster]'")
    with pytest.raises(BadInput, match=r"no cluster at '127\.0\.0\.1:9'"):
        connect("127.0.0.1:9")


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
            assert self.actor.receive(name, part) == ""
        kept = self.actor.keep(self.digest)
        assert folder_digest(Path(kept)) == self.digest
        assert ClusterActor().folder(missing, self.digest) == kept

    @pytest.mark.parametrize("name", ["../outside", ".hidden", "/etc/passwd", "a/b", ""])
    def test_a_name_that_leads_elsewhere_is_refused(self, name: str) -> None:
        assert "is not the name of a model's file" in self.actor.receive(name, b"")
