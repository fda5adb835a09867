"""What is made of the window's folder on each system."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from archives import write_tar
from debian_package import write_deb

ROOT = Path(__file__).resolve().parent.parent.parent
DESKTOP = ROOT / "packaging" / "desktop"
ICON = ROOT / "resources" / "icons" / "layerswarm.svg"
_ICON_SIZES = {"win32": (".ico", 256), "darwin": (".icns", 512)}


def pack(folder: Path, dist: Path, python: Path, epoch: int) -> list[Path]:
    """Write the packages of this system and return them.

    Args:
        folder: The window's folder.
        dist: Where the packages go.
        python: The Python that LayerSwarm is installed in.
        epoch: The time of everything in them, in seconds since 1970.
    """
    asked = [str(python), "-c", "import importlib.metadata as m; print(m.version('layerswarm'))"]
    version = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    if sys.platform == "win32":
        return _for_windows(folder, dist, version)
    if sys.platform == "darwin":
        return _for_macos(folder.with_name("LayerSwarm.app"), dist, version)
    return _for_linux(folder, dist, version, epoch)


def _for_linux(folder: Path, dist: Path, version: str, epoch: int) -> list[Path]:
    name = f"layerswarm-{version}"
    archive = dist / f"{name}-linux-{platform.machine()}.tar.gz"
    print("  Packing the portable archive ...", flush=True)
    beside = [(ICON, f"{name}/desktop/layerswarm.svg"), (ROOT / "LICENSE", f"{name}/LICENSE")]
    beside += [(each, f"{name}/desktop/{each.name}") for each in DESKTOP.iterdir() if each.is_file()]
    write_tar(archive, [(folder, name), *beside], epoch)
    if shutil.which("dpkg-deb") is None:
        print("  There is no dpkg-deb here, so the .deb is not made.", flush=True)
        return [archive]
    print("  Packing the Debian package ...", flush=True)
    return [archive, write_deb(folder, dist, version, epoch)]


def _for_windows(folder: Path, dist: Path, version: str) -> list[Path]:
    name = f"layerswarm-{version}-windows-{platform.machine().lower()}"
    made = [Path(shutil.make_archive(str(dist / name), "zip", folder.parent, folder.name))]
    compiler = shutil.which("iscc")
    if compiler is None:
        print("  There is no Inno Setup (iscc) here, so the installer is not made.", flush=True)
        return made
    script = ROOT / "packaging" / "windows" / "layerswarm.iss"
    options = [f"/DVersion={version}", f"/DFolder={folder}", f"/O{dist}", f"/F{name}-setup"]
    subprocess.run([compiler, "/Qp", *options, str(script)], check=True)
    return [*made, dist / f"{name}-setup.exe"]


def _for_macos(application: Path, dist: Path, version: str) -> list[Path]:
    image = dist / f"layerswarm-{version}-macos-{platform.machine()}.dmg"
    content = application.parent / "image"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir()
    subprocess.run(["cp", "-R", str(application), str(content)], check=True)  # keeps links and signatures
    (content / "Applications").symlink_to("/Applications")
    made = ["-volname", "LayerSwarm", "-srcfolder", str(content), "-format", "UDZO", "-ov", str(image)]
    subprocess.run(["hdiutil", "create", *made], check=True)
    if identity := os.environ.get("LAYERSWARM_SIGNATURE"):
        subprocess.run(["codesign", "--sign", identity, "--timestamp", str(image)], check=True)
    return [image]


def program_icon(python: Path, folder: Path) -> Path | None:
    """Draw the icon of the program in the format of this system; None where programs have none in them."""
    if sys.platform not in _ICON_SIZES:
        return None
    ending, size = _ICON_SIZES[sys.platform]
    target = folder / f"layerswarm{ending}"
    drawing = "import sys; from PySide6.QtGui import QGuiApplication, QIcon; application = QGuiApplication([]); "
    drawing += "saved = QIcon(sys.argv[1]).pixmap(int(sys.argv[3])).toImage().save(sys.argv[2]); sys.exit(not saved)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([str(python), "-c", drawing, str(ICON), str(target), str(size)], check=True, env=environment)
    return target
