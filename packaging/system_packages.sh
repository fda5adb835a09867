#!/usr/bin/env bash
# Names the system packages that are missing, and installs them where we may.
#
#   packaging/system_packages.sh [GROUP ...]      groups of system-packages.txt; without one: offscreen and window
#
# Never fails: without these packages the command line still works, and only the window does not open.
set -euo pipefail
list="$(dirname "${BASH_SOURCE[0]}")/system-packages.txt"
[ $# -gt 0 ] || set -- offscreen window
[ "$(uname -s)" = Linux ] || exit 0

# Lines "package|other-name library" of the groups asked for.
entries() {
    awk -v groups=" $* " '
        { sub(/#.*/, "") }
        /^\[/ { gsub(/[][ \t]/, ""); wanted = index(groups, " " $0 " "); next }
        wanted && NF { print $1, $2 }' "$list"
}

is_installed() {
    local name
    for name in ${1//|/ }; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] && return 0
    done
    return 1
}

# The name under which this release of Debian or Ubuntu offers the package; the last one where nothing is known.
name_here() {
    local name
    for name in ${1//|/ }; do
        apt-cache show --no-all-versions "$name" >/dev/null 2>&1 && break
    done
    echo "$name"
}

missing_libraries() {
    local known names library
    known="$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)"
    [ -n "$known" ] || return 0
    while read -r names library; do
        [ "$library" = - ] || grep -qF "$library" <<<"$known" || echo "$library"
    done < <(entries "$@")
}

missing_packages() {
    local names library
    while read -r names library; do
        is_installed "$names" || echo "$names"
    done < <(entries "$@")
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    libraries="$(missing_libraries "$@" | paste -sd ' ')"
    [ -z "$libraries" ] || echo "LayerSwarm's window needs these libraries, from your system's packages: $libraries"
    exit 0
fi

mapfile -t missing < <(missing_packages "$@")
[ ${#missing[@]} -gt 0 ] || exit 0

# A fresh machine or container has no package lists yet, and then no name can be looked up in them.
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq || echo "The lists of Debian packages could not be fetched; trying with those at hand."
fi

wanted=()
for names in "${missing[@]}"; do wanted+=("$(name_here "$names")"); done
echo "LayerSwarm's window needs these Debian packages: sudo apt-get install ${wanted[*]}"
if [ "$(id -u)" != 0 ]; then
    echo "Going on without them: the command line works, the window does not open until they are installed."
elif ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null; then
    echo "They could not be installed; going on: the command line works, the window may not open."
fi
