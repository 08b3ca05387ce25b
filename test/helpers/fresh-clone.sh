#!/usr/bin/env bash
# The README's first command in a fresh clone, without the programs of the system that speak or encode.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$root" "$work/speechpipe"
cd "$work/speechpipe"
mkdir "$work/bin"
IFS=: read -ra folders <<<"$PATH"
for folder in "${folders[@]}"; do
	for command in "$folder"/*; do
		case "${command##*/}" in
			ff* | espeak* | sox | lame | '*') ;;
			*) ln -s "$command" "$work/bin/" 2>/dev/null || true ;;
		esac
	done
done
export PATH="$work/bin"
if command -v ffmpeg espeak-ng; then exit 1; fi
unset FFMPEG_PATH
npm install
npm run say -- "Streams can talk." -o hello.mp3
node -e 'if (require("node:fs").statSync("hello.mp3").size < 5000) process.exit(1)'
