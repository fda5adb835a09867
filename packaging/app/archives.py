"""Archives that hold nothing of the computer and the hour that they were made on."""

import gzip
import io
import shutil
import tarfile
from pathlib import Path

_FILE, _PROGRAM = 0o644, 0o755


def write_tar(target: Path, entries: list[tuple[Path, str]], epoch: int) -> None:
    """Write a ``.tar.gz`` with sorted entries, owned by nobody in particular, all of one time.

    Args:
        target: The archive.
        entries: Files and folders, with their names in it; what is in the folders is added.
        epoch: The time in seconds since 1970.
    """
    found = sorted({name: path for path, name in _with_content(entries)}.items())
    # gzip's own header has a time and a name, too
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name, path in found:
            _add(tar, path, name, epoch)


def _with_content(entries: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    found = []
    for path, name in entries:
        found.append((path, name))
        if path.is_dir() and not path.is_symlink():
            found += [(each, f"{name}/{each.relative_to(path).as_posix()}") for each in path.rglob("*")]
    return found


def _add(tar: tarfile.TarFile, path: Path, name: str, epoch: int) -> None:
    info = tar.gettarinfo(str(path), name)
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = epoch
    if not info.issym():
        info.mode = _mode(path)
    if info.isreg():
        info.type, info.linkname = tarfile.REGTYPE, ""
        with path.open("rb") as file:
            tar.addfile(info, file)
    else:
        tar.addfile(info)


def _mode(path: Path) -> int:
    return _PROGRAM if path.is_dir() or path.stat().st_mode & 0o100 else _FILE


def normalise_sdist(sdist: Path, epoch: int) -> None:
    """Write a source distribution anew, with sorted entries of one time."""
    folder = sdist.with_suffix("").with_suffix(".unpacked")
    with tarfile.open(sdist) as tar:
        tar.extractall(folder, filter="data")
    write_tar(sdist, [(each, each.name) for each in sorted(folder.iterdir())], epoch)
    shutil.rmtree(folder)


def compressed(text: str) -> bytes:
    """Return a text in gzip, as Debian wants manuals and changelogs."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    return buffer.getvalue()


def set_modes(folder: Path) -> None:
    """Give everything in a folder the permissions that it has in a package, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(_mode(path))
