"""The Debian package of the window: its folder below /usr/lib, the command, and what the desktop knows of it."""

import os
import re
import shutil
import subprocess
from email.utils import formatdate
from pathlib import Path

from archives import compressed, set_modes

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "packaging" / "deb"
DESKTOP = ROOT / "packaging" / "desktop"
_TAKEN = {
    DESKTOP / "layerswarm.desktop": "applications/layerswarm.desktop",
    DESKTOP / "layerswarm-mime.xml": "mime/packages/layerswarm.xml",
    DESKTOP / "io.github.layerswarm.metainfo.xml": "metainfo/io.github.layerswarm.metainfo.xml",
    ROOT / "resources" / "icons" / "layerswarm.svg": "icons/hicolor/scalable/apps/layerswarm.svg",
    FILES / "copyright": "doc/layerswarm/copyright",
    FILES / "lintian-overrides": "lintian/overrides/layerswarm",
}
"""Files of the checkout, and where they go below /usr/share. The desktop's own triggers read them."""
_LIBC = re.compile(rb"\0GLIBC_(\d+)\.(\d+)")
"""How a program names the versions of symbols that it is linked to."""


def write_deb(folder: Path, dist: Path, version: str, epoch: int) -> Path:
    """Write the package and return its path.

    Args:
        folder: The window's folder.
        dist: Where the package goes.
        version: That of LayerSwarm.
        epoch: The time of everything in it, in seconds since 1970.
    """
    tree = folder.parent / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "usr" / "lib" / "layerswarm", symlinks=True)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "layerswarm").symlink_to("../lib/layerswarm/layerswarm")
    share = tree / "usr" / "share"
    for source, name in _TAKEN.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, share / name)
    _write(share / "man" / "man1" / "layerswarm.1.gz", compressed(_manual(version)))
    _write(share / "doc" / "layerswarm" / "changelog.gz", compressed(_changelog(version, epoch)))
    architecture = _printed("dpkg", "--print-architecture")
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    control = (FILES / "control").read_text(encoding="utf-8")
    fields = {
        "VERSION": version,
        "ARCHITECTURE": architecture,
        "SIZE": str(-(-size // 1024)),
        "LIBC": newest_libc(folder),
    }
    for name, value in fields.items():
        control = control.replace(f"@{name}@", value)
    _write(tree / "DEBIAN" / "control", control.encode("utf-8"))
    set_modes(tree)
    for path in (tree, *tree.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    package = dist / f"layerswarm_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(tree), str(package)]
    alone = {**os.environ, "DPKG_DEB_THREADS_MAX": "1"}  # what several threads make depends on their number
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=alone)
    return package


def newest_libc(folder: Path) -> str:
    """Return the version of the GNU C library that the programs and libraries of a folder need, such as "2.36"."""
    found = {(0, 0)}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and (content := path.read_bytes())[:4] == b"\x7fELF":
            found |= {(int(major), int(minor)) for major, minor in _LIBC.findall(content)}
    return ".".join(map(str, max(found)))


def _manual(version: str) -> str:
    return (FILES / "layerswarm.1").read_text(encoding="utf-8").replace("@VERSION@", version)


def _changelog(version: str, epoch: int) -> str:
    changes = "  * What is new is in the changelog of the project, CHANGELOG.md.\n"
    signature = f" -- The LayerSwarm developers <packages@layerswarm.invalid>  {formatdate(epoch)}\n"
    return f"layerswarm ({version}) stable; urgency=medium\n\n{changes}\n{signature}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _printed(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
