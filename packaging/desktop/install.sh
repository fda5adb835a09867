#!/usr/bin/env bash
# Tells the desktop of LayerSwarm: menu entry, icon, and that *.layerswarm files are opened with it.
#
#   packaging/desktop/install.sh [PREFIX]      PREFIX: ~/.local unless named; COMMAND=... names another layerswarm
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
share="${1:-$HOME/.local}/share"
# In the portable archive this folder is beside the program, and holds the icon too.
portable="$(dirname "$here")/layerswarm"
[ -x "$portable" ] && [ ! -d "$portable" ] || portable="$root/.venv/bin/layerswarm"
icon="$here/layerswarm.svg"
[ -f "$icon" ] || icon="$root/resources/icons/layerswarm.svg"
command="${COMMAND:-$portable}"
[ -x "$command" ] || { echo "There is no $command; run 'make setup' first, or name it: COMMAND=... $0" >&2; exit 1; }

install -Dm644 "$icon" "$share/icons/hicolor/scalable/apps/layerswarm.svg"
install -Dm644 "$here/io.github.layerswarm.metainfo.xml" "$share/metainfo/io.github.layerswarm.metainfo.xml"
install -Dm644 "$here/layerswarm-mime.xml" "$share/mime/packages/layerswarm.xml"
mkdir -p "$share/applications"
# In a desktop entry a quoted command takes a backslash before these four.
quoted="$(sed 's/[\\"`$]/\\&/g' <<<"$command")"
while IFS= read -r line; do
    [[ "$line" == Exec=layerswarm* ]] && line="Exec=\"$quoted\"${line#Exec=layerswarm}"
    printf '%s\n' "$line"
done <"$here/layerswarm.desktop" >"$share/applications/layerswarm.desktop"
for tool in "update-mime-database $share/mime" "update-desktop-database $share/applications"; do
    read -r name folder <<<"$tool"
    ! command -v "$name" >/dev/null || "$name" "$folder" || true
done
echo "LayerSwarm is in the menu, and opens *.layerswarm files."
