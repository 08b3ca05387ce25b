#!/usr/bin/env bash
# Packs the project, installs the tarball as a stranger would (no .npmrc, a path with spaces) and speaks from there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
home="$work/a folder with spaces"
mkdir "$home"
(cd "$root" && npm pack --silent --pack-destination "$work" >/dev/null)
cd "$home"
echo '{"private": true, "type": "module"}' >package.json
npm install "$work"/speechpipe-*.tgz

npx speechpipe say 'A stranger can speak.' -o hello.wav --json
npx speechpipe say 'A stranger can speak.' >piped.wav
npx speechpipe voices | head -n 3
test "$(head -c 4 hello.wav)" = RIFF && test "$(wc -c <hello.wav)" -gt 20000
test "$(head -c 4 piped.wav)" = RIFF && test "$(wc -c <piped.wav)" -gt 20000

cat >every-export.mjs <<'JS'
import {createRequire} from 'node:module';
const {exports, bin} = createRequire(import.meta.url)('speechpipe/package.json');
for (const name of Object.keys(exports)) {
	if (name.endsWith('.json')) continue;
	const names = Object.keys(await import(`speechpipe${name.slice(1)}`));
	if (names.length === 0) throw new Error(`${name} exports nothing`);
	console.log(name, names.join(' '));
}
console.log(bin);
JS
node every-export.mjs
cat >required.cjs <<'JS'
const {TTSTransform} = require('speechpipe');
const speech = new TTSTransform();
speech.end('Required.');
let bytes = 0;
speech.on('data', chunk => (bytes += chunk.length)).on('end', () => process.exit(bytes > 20_000 ? 0 : 1));
JS
node required.cjs
npm install --silent --no-save typescript @types/node@20
cat >typed.ts <<'TS'
import {pipeline} from 'node:stream/promises';
import {TTSTransform, toFile} from 'speechpipe';
// Their types must do with what a stranger has installed.
import 'speechpipe/audiobook';
import 'speechpipe/audiobook/cluster';
import 'speechpipe/client';
import 'speechpipe/server';
import 'speechpipe/voices';
const speech = new TTSTransform({speed: 1.1});
speech.on('word', word => console.log(word.startSeconds));
speech.end('Typed.');
await pipeline(speech, toFile('typed.wav'));
TS
npx tsc --noEmit --strict --module nodenext --target es2022 --types node --skipLibCheck false typed.ts
