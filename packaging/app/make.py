"""Build the packages of LayerSwarm into dist/: ``make packages``.

On every system the wheel, the source distribution, and the window as a folder made by PyInstaller; then on Linux a
portable archive and a Debian package of that folder, on Windows a zip and an installer, on macOS a disk image.

The same commit gives the same bytes: times are those of the commit (or ``SOURCE_DATE_EPOCH``), entries are sorted, and
every package that goes in is pinned (requirements.txt).
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))
import targets  # noqa: E402  # beside this file
from archives import normalise_sdist  # noqa: E402

BUILD, DIST = ROOT / "build" / "packages", ROOT / "dist"
REQUIREMENTS = HERE / "requirements.txt"
LARGEST = 160_000_000
"""Bytes of a packed window."""
_BEFORE_ZIP = 315_532_800
"""1980, the first time that a zip can hold, for sources that have no commit."""


def main() -> int:
    """Build everything and return the exit code."""
    try:
        python = make_environment(BUILD / "venv")
        sources, epoch = export_sources(BUILD / "sources")
        os.environ.update(SOURCE_DATE_EPOCH=str(epoch), PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
        os.umask(0o022)
        shutil.rmtree(DIST, ignore_errors=True)
        wheel, sdist = build_distributions(python, sources, epoch)
        folder = freeze(python, wheel)
        packed = targets.pack(folder, DIST, python, epoch)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{Path(error.cmd[0]).name} failed with exit code {error.returncode}; its lines above say why.")
        return 1
    return report([wheel, sdist, *packed])


class Missing(Exception):
    """Something that the build needs is not on this computer."""


def make_environment(folder: Path) -> Path:
    """Return the Python of an environment that has exactly the pinned packages; made anew when they change."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, wanted = folder / "made-of", REQUIREMENTS.read_text(encoding="utf-8") + sys.version
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    say("Making the environment of the build")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        run(sys.executable, "-m", "venv", folder)
    except subprocess.CalledProcessError as error:
        raise Missing("Making packages needs Python's venv module; on Debian: apt-get install python3-venv") from error
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "-r", REQUIREMENTS)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def export_sources(folder: Path) -> tuple[Path, int]:
    """Copy the repository's files, so that nothing that lies about gets in; return the folder and the time."""
    shutil.rmtree(folder, ignore_errors=True)
    if not (ROOT / ".git").exists():
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and _is_source(path)]
        commit, time = "", _BEFORE_ZIP
    else:
        names = [name for name in git("ls-files", "-z").split("\0") if name and (ROOT / name).is_file()]
        commit = git("rev-parse", "--short=10", "HEAD").strip()
        commit += "-modified" if git("status", "--porcelain", "--untracked-files=no").strip() else ""
        time = int(git("log", "-1", "--format=%ct"))
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    if commit:
        (folder / "resources" / "commit.txt").write_text(commit + "\n", encoding="ascii")
    return folder, int(os.environ.get("SOURCE_DATE_EPOCH") or time)


def _is_source(path: Path) -> bool:
    return not {"build", "dist", ".venv", "__pycache__"} & {*path.relative_to(ROOT).parts}


def git(*arguments: str) -> str:
    """Return what git prints."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def build_distributions(python: Path, sources: Path, epoch: int) -> tuple[Path, Path]:
    """Build the source distribution and from it the wheel; return the wheel first."""
    say("Building the wheel and the source distribution")
    run(python, "-m", "build", "--no-isolation", "--outdir", DIST, sources, quiet=True)
    (wheel,), (sdist,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    normalise_sdist(sdist, epoch)
    return wheel, sdist


def freeze(python: Path, wheel: Path) -> Path:
    """Return the folder of the window."""
    say("Putting the window into a folder of its own")
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--force-reinstall", wheel)
    icon = targets.program_icon(python, BUILD)
    os.environ.update({"LAYERSWARM_ICON": str(icon)} if icon else {})
    places = ("--distpath", BUILD / "folder", "--workpath", BUILD / "work")
    run(python, "-m", "PyInstaller", "--noconfirm", "--clean", *places, HERE / "layerswarm.spec", quiet=True)
    return BUILD / "folder" / "layerswarm"


def run(*command: str | Path, quiet: bool = False) -> None:
    """Run a command; a quiet one prints only where it fails."""
    words = [str(word) for word in command]
    if not quiet:
        subprocess.run(words, check=True, cwd=BUILD if BUILD.is_dir() else None)
        return
    ran = subprocess.run(words, check=False, cwd=BUILD, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode != 0:
        sys.stderr.write(ran.stdout.decode("utf-8", "replace"))
        raise subprocess.CalledProcessError(ran.returncode, words)


def report(files: list[Path]) -> int:
    """Print sizes and digests, keep them beside the packages, and return 1 where a window is too large."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (DIST / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")
    sizes = {path.name: path.stat().st_size for path in files}
    (DIST / "sizes.json").write_text(json.dumps(sizes, indent=2) + "\n", encoding="ascii")
    for name, size in sizes.items():
        print(f"{size / 1e6:7.1f} MB  dist/{name}")
    large = [name for name, size in sizes.items() if size > LARGEST]
    for name in large:
        print(f"{name} is larger than {LARGEST / 1e6:.0f} MB; see packaging/app/contents.py", file=sys.stderr)
    return 1 if large else 0


def say(sentence: str) -> None:
    """Print what happens now."""
    print(f"  {sentence} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())
