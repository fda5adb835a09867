"""What belongs into the folder of the window: no model library, no developers' tools, of Qt only what is used."""

import re
from importlib.resources import files
from pathlib import Path

EXCLUDED = [
    # the engine's, which it has in an environment of its own
    *("torch", "transformers", "peft", "accelerate", "datasets", "lm_eval", "safetensors", "huggingface_hub", "gguf"),
    *("pyarrow", "pandas", "yaml", "keyring", "pip", "onnx", "onnxruntime", "openvino", "nncf", "bitsandbytes", "ray"),
    # what libraries would use if it were there
    *("tkinter", "matplotlib", "scipy", "IPython", "PIL", "cupy", "numba", "h5py", "OpenGL", "colorcet", "setuptools"),
    *(
        "_pytest",
        "pytest",
        "numpy.f2py",
        "numpy.testing",
        "pydoc_data",
        "lib2to3",
        "ensurepip",
        "curses",
        "readline",
        "sqlite3",
    ),
    # parts of Qt that the window does not use
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "QuickWidgets", "QuickControls2", "QuickTest", "Help", "Sql")),
    *(f"PySide6.Qt{name}" for name in ("Designer", "UiTools", "Concurrent", "Xml", "Test", "PrintSupport")),
    "PySide6.QtSvgWidgets",
]
_UNWANTED = re.compile(
    r"Qt6?(?:Qml|Quick|Pdf|VirtualKeyboard|Labs|Designer|Help|Test|Sql|ShaderTools|3D|Web|EglF)"
    r"|/(?:qml|sqldrivers|designer|qmltooling|egldeviceintegrations|printsupport|generic|networkinformation|tls)/"
    r"|wayland-graphics-integration-server"
    r"|/platforms/(?:lib)?q(?:eglfs|linuxfb|vnc|vkkhrdisplay|minimalegl|minimal)\b"
    r"|/platformthemes/libqgtk3"  # loads the system's GTK; file dialogs come by the portal
    r"|/platforminputcontexts/(?:lib)?qtvirtualkeyboard"
    r"|/imageformats/(?:lib)?q(?:pdf|tga|tiff|wbmp|icns)"
    r"|/translations/(?!qtbase_(?:de|en)\.qm)qt"
    r"|opengl32sw|/tests/|\.pyi$"
    r"|dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json|sboms/.*)$"
)
"""Files of other packages, by their place in the folder."""
_SHARED = re.compile(r"lib[\w+.-]+\.so[\d.]*")
_CARRIED = re.compile(
    r"lib(?:python|Qt6|pyside6|shiboken6|icu|scipy_openblas|gfortran|quadmath|ffi|ssl|crypto|bz2|lzma|zstd|brotli"
    r"|xcb-|xkbcommon|gssapi_krb5|krb5|k5crypto|keyutils|com_err)"
)
"""Libraries that a desktop may lack. All others - of C++, GLib, X11, fonts, GL - must be those of the system, which its
own drivers and settings are made for; packaging/deb/control names their packages."""


def is_wanted(name: str) -> bool:
    """Return whether a file belongs into the folder, by its place there."""
    path = name.replace("\\", "/")
    if _SHARED.fullmatch(path):
        return bool(_CARRIED.match(path)) and not _UNWANTED.search(path)
    return not _UNWANTED.search(path)


def resource_files(package: str) -> list[tuple[str, str]]:
    """Return the files of a package with the folders that they go to, sorted."""
    root = Path(str(files(package)))
    found = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [(str(path), str(Path(package, *path.relative_to(root).parts[:-1]))) for path in sorted(found)]
