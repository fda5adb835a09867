"""What the estimate says of several devices."""

import pytest

from engine.api.settings import DeviceSettings, RecoverySettings, Settings
from engine.pipeline.workers import share
from engine.pipeline.workers.share import WorkersShare, counted_memory, workers_share

SECONDS = {"model": 5.0, "analyse": 100.0, "search": 1000.0, "recover": 50.0}
MEMORY = {"weights": 10**9, "reference": 10**6, "hidden states": 10**8, "training": 5 * 10**9}


@pytest.mark.parametrize(("wanted", "others"), [(1, 0), (2, 1), (3, 2), (0, 2), (9, 2)])
def test_gpus_are_counted_as_far_as_they_are_there(wanted: int, others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "device_names", lambda: ["cuda:0", "cuda:1", "cuda:2", "cpu"])
    found = workers_share(Settings(device=DeviceSettings(workers=wanted)), "cuda:0")
    assert found == WorkersShare(others, on_this_cpu=False, on_a_cluster=False)


def test_more_gpus_shorten_analysis_and_search_alone_and_take_no_memory_of_the_first() -> None:
    three = WorkersShare(3, on_this_cpu=False, on_a_cluster=False)
    seconds = three.seconds(SECONDS, 10**9)
    assert 0.25 < seconds["search"] / SECONDS["search"] < 0.4
    assert (seconds["model"], seconds["recover"]) == (SECONDS["model"], SECONDS["recover"])
    assert counted_memory(MEMORY, 7, three) == (MEMORY, 7)


def test_processes_on_one_cpu_share_its_memory_and_save_no_time() -> None:
    found = workers_share(Settings(device=DeviceSettings(workers=3)), "cpu")
    assert found.seconds(SECONDS, 10**9) == SECONDS
    memory, needed = counted_memory(MEMORY, 10**9, found)
    assert memory["workers"] > 2 * MEMORY["weights"]
    assert needed > 3 * MEMORY["weights"]


def test_a_cluster_is_sent_the_model_first() -> None:
    near, far = (WorkersShare(1, on_this_cpu=False, on_a_cluster=cluster) for cluster in (False, True))
    difference = far.seconds(SECONDS, 10**11)["analyse"] - near.seconds(SECONDS, 10**11)["analyse"]
    assert difference == pytest.approx(100.0)


def test_training_on_a_cluster_is_divided_and_exchanges_its_gradients() -> None:
    recovery = RecoverySettings(processes=4)
    found = workers_share(Settings(device=DeviceSettings(cluster="10.0.0.5:6379"), recovery=recovery), "cuda:0")
    assert found.trainers == 4
    assert 0.3 < found.seconds(SECONDS, 10**9)["recover"] / SECONDS["recover"] < 0.4
    assert found.seconds(SECONDS, 10**9, 10**10)["recover"] - found.seconds(SECONDS, 10**9)["recover"] == 10.0


def test_training_on_several_gpus_of_this_machine_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "device_names", lambda: ["cuda:0", "cuda:1", "cpu"])
    assert workers_share(Settings(recovery=RecoverySettings(processes=0)), "cuda:0").trainers == 2
    assert workers_share(Settings(recovery=RecoverySettings(processes=0, method="local")), "cuda:0").trainers == 1
