#!/usr/bin/env bash
# The README's first command in a fresh clone, with nothing of the system at hand but Node.js and npm.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$root" "$work/speechpipe"
cd "$work/speechpipe"
mkdir "$work/bin"
for command in node npm npx sh bash env git; do ln -s "$(command -v "$command")" "$work/bin/$command"; done
export PATH="$work/bin"
unset FFMPEG_PATH
npm install
npm run say -- "Streams can talk." -o hello.mp3
node -e 'if (require("node:fs").statSync("hello.mp3").size < 5000) process.exit(1)'
