"""The memory that a container, a service or a batch job may use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.models import memory_limit as module
from engine.models.memory_limit import MemoryLimit, memory_limit

MACHINE = 10_000
NONE_1 = 9223372036854771712
"""What the first version writes where there is no limit."""

Group = Callable[[Path, int | str, int, int], None]


def group_1(folder: Path, limit: int | str, used: int, cached: int) -> None:
    """Write the files of a group of the first version."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.limit_in_bytes").write_text(f"{NONE_1 if limit == 'max' else limit}\n")
    (folder / "memory.usage_in_bytes").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"inactive_file 1\ntotal_inactive_file {cached - 20}\ntotal_active_file 20\n")


def group_2(folder: Path, limit: int | str, used: int, cached: int) -> None:
    """Write the files of a group of the second version."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 7\ninactive_file {cached - 20}\nactive_file 20\n")


VERSIONS = {
    1: (group_1, "cgroup cgroup rw,memory", "4:memory:"),
    2: (group_2, "cgroup2 cgroup2 rw,nsdelegate", "0::"),
}


@pytest.fixture(params=VERSIONS)
def groups(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Group:
    """Return how to write a group of either version; this process is in ``/job/step`` below ``tmp_path / "groups"``."""
    write, mount, membership = VERSIONS[request.param]
    process(tmp_path, monkeypatch, f"31 23 0:28 / {tmp_path / 'groups'} rw - {mount}", f"{membership}/job/step")
    return write


def process(place: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, memberships: str) -> None:
    """Stand in for /proc/self."""
    folder = place / "self"
    folder.mkdir()
    (folder / "mountinfo").write_text(f"23 1 0:22 / /proc rw,relatime shared:5 - proc proc rw\n{mounts}\n")
    (folder / "cgroup").write_text(f"9:name=systemd:/\n{memberships}\n")
    monkeypatch.setattr(module, "_PROCESS", folder)


def test_no_group_has_a_limit(groups: Group, tmp_path: Path) -> None:
    for path in ("", "job", "job/step"):
        groups(tmp_path / "groups" / path, "max", 500, 100)
    assert memory_limit(MACHINE) is None


def test_the_own_groups_limit_counts_and_its_page_cache_is_free(groups: Group, tmp_path: Path) -> None:
    groups(tmp_path / "groups/job/step", 1000, 500, 100)
    assert memory_limit(MACHINE) == MemoryLimit(free=600, total=1000)


def test_the_groups_around_it_count_too(groups: Group, tmp_path: Path) -> None:
    groups(tmp_path / "groups", "max", 9000, 0)
    groups(tmp_path / "groups/job", 2000, 1900, 50)  # filled by other steps of the job
    groups(tmp_path / "groups/job/step", 1000, 500, 100)
    assert memory_limit(MACHINE) == MemoryLimit(free=150, total=1000)


def test_a_limit_above_the_machine_is_none(groups: Group, tmp_path: Path) -> None:
    groups(tmp_path / "groups/job/step", MACHINE, 500, 0)
    assert memory_limit(MACHINE) is None


def test_a_full_group_has_nothing_free(groups: Group, tmp_path: Path) -> None:
    groups(tmp_path / "groups/job/step", 1000, 1200, 100)
    assert memory_limit(MACHINE) == MemoryLimit(free=0, total=1000)


def test_a_limit_at_which_the_system_begins_to_reclaim_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process(tmp_path, monkeypatch, f"31 23 0:28 / {tmp_path} rw - cgroup2 cgroup2 rw", "0::/")
    group_2(tmp_path, 2000, 500, 0)
    (tmp_path / "memory.high").write_text("1500\n")
    assert memory_limit(MACHINE) == MemoryLimit(free=1000, total=1500)


@pytest.mark.parametrize("path", ["/docker/abc", "/docker/abc/inner", "/", "/../other", "/host/only"])
def test_a_container_whose_own_group_is_mounted(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mount = f"31 23 0:28 /docker/abc {tmp_path} ro,nosuid master:9 - cgroup cgroup rw,cpu,memory"
    process(tmp_path, monkeypatch, mount, f"3:cpu,memory:{path}")
    group_1(tmp_path, 1000, 500, 0)
    assert memory_limit(MACHINE) == MemoryLimit(free=500, total=1000)


def test_both_versions_may_be_mounted_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "a folder", tmp_path / "unified"
    mounts = [f"31 23 0:28 / {tmp_path}/a\\040folder rw - cgroup cgroup rw,memory"]
    mounts += [f"32 23 0:29 / {other} rw - cgroup2 cgroup2 rw", f"33 23 0:30 / {tmp_path} rw - cgroup cgroup rw,cpu"]
    process(tmp_path, monkeypatch, "\n".join(mounts), "4:memory:/job\n1:cpu:/\n0::/")
    group_1(one / "job", 1000, 500, 0)
    other.mkdir()
    assert memory_limit(MACHINE) == MemoryLimit(free=500, total=1000)


def test_a_system_without_control_groups_has_no_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PROCESS", tmp_path)
    assert memory_limit(MACHINE) is None
