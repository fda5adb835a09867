#!/usr/bin/env bash
# Make the virtual environment that LayerSwarm runs in, or return at once when nothing has changed since the last time.
#
#   packaging/setup_venv.sh [FOLDER [EXTRA]]      FOLDER: .venv unless named; EXTRA: formats (to use it) or dev (to test
#                                                 it as well); PYTHON=... chooses the interpreter
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv="${1:-.venv}"
extra="${2:-formats}"

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null && is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
}

# One sentence on what is missing; installed where we may, on Debian and Ubuntu.
need_packages() {
    echo "LayerSwarm needs Python 3.11 or newer with its venv module; on Debian and Ubuntu: sudo apt-get install $*"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return; fi
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null || true
}

if ! { [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python"; }; then
    python="$(find_python)"
    if [ -z "$python" ]; then
        need_packages python3 python3-venv
        python="$(find_python)"
    fi
    if [ -z "$python" ]; then
        found="$(python3 --version 2>/dev/null || echo "no Python at all")"
        echo "This computer offers $found; install Python 3.11 or newer, or name one: make demo PYTHON=/path/to/python3" >&2
        exit 1
    fi
    if ! can_make_venv "$python"; then
        need_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        can_make_venv "$python" || { echo "$python cannot make a virtual environment; install its venv module." >&2; exit 1; }
    fi
    echo "Making the virtual environment $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi

exec "$venv/bin/python" packaging/install_packages.py "$extra"
