#!/usr/bin/env bash
# Make constraints.txt, constraints-test.txt and constraints-bench.txt anew: every package with its version and the hashes of its files.
# Versions that are pinned and still fit stay; with UPGRADE=1 everything becomes the newest. The index that pip uses on this machine is not written down.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.setup/pins
[ -x $venv/bin/pip-compile ] || { "$(sh tools/python.sh)" -m venv $venv && $venv/bin/pip install -q pip-tools; }
upgrade=${UPGRADE:+--upgrade}
compile() {
    $venv/bin/pip-compile --quiet $upgrade --generate-hashes --strip-extras --allow-unsafe \
        --no-annotate --no-header --no-emit-options --no-emit-index-url --no-emit-find-links \
        --no-emit-trusted-host --build-deps-for wheel --build-deps-for editable "$@" pyproject.toml
}
compile --output-file constraints.txt
compile --extra test --constraint constraints.txt --output-file constraints-test.txt
compile --extra bench --constraint constraints-test.txt --output-file constraints-bench.txt
sed -i '1i # What letters runs with and is built with, as tested. Made by `make pins`, for Python 3.11.' constraints.txt
sed -i '1i # The same and what the tests use. Made by `make pins`, for Python 3.11.' constraints-test.txt
sed -i '1i # The same and what `make bench` compares letters with. Made by `make pins`, for Python 3.11.' constraints-bench.txt
