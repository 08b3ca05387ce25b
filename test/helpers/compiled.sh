#!/usr/bin/env bash
# Runs a command while lib and the tests lie compiled beside their sources: each of their many processes starts without a transform.
# All tests take a sixth less time so. What was compiled goes again.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'find lib test benchmarks -name "*.ts" | sed "s/ts\$/js/; p; s/\$/.map/" | xargs rm -f' EXIT
npx tsc --noEmit false --sourceMap
"$@"
