"""Let uv use the package sources that the person has set for pip: indexes, mirrors, proxies, certificates.

uv reads its own settings itself, and they come first; of pip's it reads none
(https://docs.astral.sh/uv/pip/compatibility/#configuration-files-and-environment-variables).
"""

import configparser
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import platformdirs

from engine.api.socket_guard import is_offline

_LISTS = {"extra-index-url": "UV_EXTRA_INDEX_URL", "trusted-host": "UV_INSECURE_HOST"}
"""Settings of several values separated by white space, which uv separates by spaces too."""
_YES = ("1", "true", "yes", "on")
_INDEX = ("UV_DEFAULT_INDEX", "UV_INDEX_URL")


def uv_variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the variables that make uv use pip's sources, without those that the environment has for uv already."""
    pip = _settings_of_pip(environment)
    found: dict[str, str] = {}
    if "index-url" in pip and not any(name in environment for name in _INDEX):
        found["UV_DEFAULT_INDEX"] = pip["index-url"]
    for key, name in _LISTS.items():
        if key in pip:
            found[name] = " ".join(pip[key].split())
    if "extra-index-url" in pip:
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does: the best version, wherever it is
    if "find-links" in pip:
        found["UV_FIND_LINKS"] = ",".join(pip["find-links"].split())
    if "cert" in pip:
        found["SSL_CERT_FILE"] = pip["cert"]
    if "proxy" in pip:
        found |= {"HTTPS_PROXY": pip["proxy"], "HTTP_PROXY": pip["proxy"]}
    if (seconds := pip.get("timeout") or pip.get("default-timeout", "")).isdecimal():
        found["UV_HTTP_TIMEOUT"] = seconds
    return {name: value for name, value in found.items() if name not in environment}


def uses_no_index(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether pip may use no index, but only the places of ``find-links``; uv has no variable for that.

    While LayerSwarm is offline, it has set this itself, and what uv keeps of its indexes may still serve.
    """
    return _settings_of_pip(environment).get("no-index", "").lower() in _YES and not is_offline()


def _settings_of_pip(environment: Mapping[str, str]) -> dict[str, str]:
    return {**_from_files(environment), **_from_variables(environment)}


def _from_variables(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("PIP_").lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith("PIP_") and value.strip()
    }


def _from_files(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of pip's configuration files, of which later ones override earlier ones."""
    found: dict[str, str] = {}
    for path in _files(environment):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (OSError, UnicodeError, configparser.Error):
            continue  # pip itself would complain; uv's own settings may do
        for section in ("global", "install"):
            if parser.has_section(section):
                found |= {key.replace("_", "-"): value for key, value in parser.items(section) if value.strip()}
    return found


def _files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the places of pip's files (https://pip.pypa.io/en/stable/topics/configuration/#location)."""
    named = environment.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return
    name = "pip.ini" if sys.platform == "win32" else "pip.conf"
    yield from (Path(folder) / name for folder in reversed(_site_folders()))
    if sys.platform != "win32":
        yield Path("/etc") / name
    yield Path.home() / ("pip" if sys.platform == "win32" else ".pip") / name
    yield platformdirs.user_config_path("pip", appauthor=False, roaming=True) / name
    yield Path(sys.prefix) / name
    if named:
        yield Path(named)


def _site_folders() -> list[str]:
    return platformdirs.site_config_dir("pip", appauthor=False, multipath=True).split(os.pathsep)
