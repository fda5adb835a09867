#!/usr/bin/env bash
# Install the packages of dist/ on bare Debians, as a person would, and use them from the first start to a model that loads.
#
#   packaging/check_packages.sh [RELEASE ...]      bookworm and trixie unless named; as root, with debootstrap
#
# For each release a bare system is made and entered by chroot. The .deb is installed there; an ordinary user opens the
# window on a virtual screen, sets the engine up by mouse, runs the demo to an exported model, and loads it with stock
# transformers. Then the engine and the package are removed, and only the projects may be left. The same again with the
# wheel in a fresh virtual environment. Prints sizes and times.
#
#   WORK=FOLDER      where the systems are made; build/check unless named
#   ONLY=deb|wheel   one of the two
#
# The package sources of this computer (pip's settings, and local folders that they name) serve there too.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$here")"
work="${WORK:-$root/build/check}"
only="${ONLY:-deb wheel}"
[ $# -gt 0 ] || set -- bookworm trixie

fail() { echo "FAILED: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "chroot needs root."
command -v debootstrap >/dev/null || fail "install debootstrap."
deb="$(ls "$root"/dist/*.deb)" wheel="$(ls "$root"/dist/*.whl)" || fail "run 'make packages' first."

mounted=()
unmount() {
    local at
    for ((at = ${#mounted[@]} - 1; at >= 0; at--)); do umount "${mounted[$at]}" || umount -l "${mounted[$at]}"; done
    mounted=()
}
trap unmount EXIT
bind() { mkdir -p "$2"; mount --bind "$1" "$2"; mounted+=("$2"); }

# Folders on this computer that pip takes packages from; an index names files beside it.
local_sources() {
    python3 -m pip config list 2>/dev/null | grep -E "find-links|index-url" |
        grep -oE "(file://|')/[^'\" ]+" | sed -E "s|^(file://\|')||; s|/simple/?\$||" | sort -u
}

make_system() { # RELEASE
    local base="$work/base-$1" place
    system="$work/$1"
    if [ ! -d "$base" ]; then
        echo "Making a bare $1"
        debootstrap --variant=minbase "$1" "$base.partial" >"$work/debootstrap-$1.log" || fail "see $work/debootstrap-$1.log"
        mv "$base.partial" "$base"
    fi
    rm -rf --one-file-system "$system"
    cp -a "$base" "$system"
    for place in proc sys dev dev/pts dev/shm; do bind "/$place" "$system/$place"; done
    cp /etc/resolv.conf "$system/etc/resolv.conf"
    [ ! -f /etc/ssl/certs/ca-certificates.crt ] || install -D /etc/ssl/certs/ca-certificates.crt "$system/check/ca.crt"
    cp /etc/apt/apt.conf.d/*proxy* "$system/etc/apt/apt.conf.d/" 2>/dev/null || true
    for place in $(local_sources); do [ ! -e "$place" ] || bind "$place" "$system$place"; done
    python3 -m pip config list 2>/dev/null | sed -nE "s/^global\.(index-url|extra-index-url|find-links|proxy)='(.*)'$/\1 = \2/p" |
        { echo "[global]"; cat; [ ! -f "$system/check/ca.crt" ] || echo "cert = /check/ca.crt"; } >"$system/etc/pip.conf"
    cp "$here"/check/*.py "$system/check/"
    cp "$root/tests/e2e/atspi_walk.py" "$system/check/walk.py"
    mkdir "$system/check/pictures"
    inside apt-get update -qq
    inside useradd -m person
    home="$(inside getent passwd person | cut -d: -f6)"
    chown -R person: 2>/dev/null "$system/check" || inside chown -R person: /check
}

inside() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 "$@"; }
install_there() { inside apt-get install -y -qq "$@" >>"$work/apt.log" 2>&1 || fail "see $work/apt.log"; }
as_person() {
    chroot --userspec=person:person "$system" env -i HOME="$home" USER=person PATH=/usr/bin:/bin LANG=C.UTF-8 \
        PYTHONFAULTHANDLER=1 ${OMP_NUM_THREADS:+OMP_NUM_THREADS=$OMP_NUM_THREADS} sh -c "cd && $1"
}

# Everything that the window is linked to must be there before the tools of this check bring more.
check_libraries() {
    local missing
    missing="$(inside sh -c 'find /usr/lib/layerswarm -type f -name "*.so*" |
        LD_LIBRARY_PATH=/usr/lib/layerswarm/_internal xargs ldd 2>/dev/null | grep "not found" | sort -u' || true)"
    [ -z "$missing" ] || fail "libraries are missing: $missing"
}

tools=(xvfb openbox xdotool scrot dbus at-spi2-core gir1.2-atspi-2.0 python3-gi)

use_it() { # NAME COMMAND
    install_there --no-install-recommends "${tools[@]}"
    inside install -d -o person -g person -m 700 /run/person
    as_person "XDG_RUNTIME_DIR=/run/person dbus-run-session -- \
        /usr/bin/python3 /check/person.py $home /check/pictures $2" 2>"$work/$1-errors.txt" | tee "$work/$1.txt"
    model="$(tail -n 1 "$work/$1.txt")"
    ! grep -A 30 Traceback "$work/$1-errors.txt" || fail "the window has printed a traceback"
    as_person "$2 engine status --test"
    as_person "PATH=\$($2 engine status | sed -nE 's/^Python +(.*)\/python$/\1/p'):\$PATH python /check/loads.py $model"
    du -sh "$system$home/.local/share/layerswarm" | sed 's|\t.*|  the engine, with its downloads|'
}

# What is left in the person's folder beside the projects.
left_behind() {
    find "$system$home" -mindepth 1 -maxdepth 4 -iname '*layerswarm*' -not -name project.layerswarm
}

check_deb() {
    local before
    echo "== $1, the .deb =="
    make_system "$1"
    before="$(inside sh -c 'du -sk /usr | cut -f1')"
    cp "$deb" "$system/check/"
    SECONDS=0
    install_there "/check/$(basename "$deb")"
    echo "     $SECONDS s  the package is installed with $((($(inside sh -c 'du -sk /usr | cut -f1') - before) / 1024)) MB, what it needs included"
    check_libraries
    as_person "layerswarm --version"
    use_it "deb-$1" layerswarm
    as_person "layerswarm engine remove --all"
    inside apt-get purge -y -qq layerswarm >>"$work/apt.log" 2>&1
    [ -z "$(find "$system/usr" "$system/etc" "$system/var" -iname '*layerswarm*' -not -path '*/apt/*')" ] || fail "files are left in the system"
    [ -z "$(left_behind)" ] || fail "left behind: $(left_behind)"
    echo "Only this is left: $(ls -A "$system$home" | paste -sd ' ')"
    unmount
}

check_wheel() {
    echo "== $1, the wheel =="
    make_system "$1"
    install_there python3-venv $(window_packages)
    cp "$wheel" "$system/check/"
    SECONDS=0
    as_person "python3 -m venv venv && venv/bin/pip install -q --disable-pip-version-check /check/$(basename "$wheel")" 2>/dev/null
    echo "     $SECONDS s  the wheel is installed: $(du -sh "$system$home/venv" | cut -f1)"
    as_person "venv/bin/layerswarm --version"
    use_it "wheel-$1" venv/bin/layerswarm
    as_person "venv/bin/layerswarm engine remove --all"
    [ -z "$(left_behind)" ] || fail "left behind: $(left_behind)"
    unmount
}

# The names that this release has for the packages of system-packages.txt.
window_packages() {
    awk '/^\[/ { wanted = /offscreen|window/; next } { sub(/#.*/, "") } wanted && NF { print $1 }' "$here/system-packages.txt" |
        while IFS='|' read -r name other; do
            if inside apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; else echo "$other"; fi
        done
}

mkdir -p "$work"
: >"$work/apt.log"
for release in "$@"; do
    for kind in $only; do "check_$kind" "$release"; done
done
echo "All packages work on $*."
