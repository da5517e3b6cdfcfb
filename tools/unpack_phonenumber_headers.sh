#!/usr/bin/env bash
# Fetches Debian's libphonenumber-dev and unpacks it into build/deps/phonenumber, without installing
# it: as a package it insists on Boost 1.74. Needs no root, only an apt that knows its sources.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p build/deps
scratch=$(mktemp -d build/deps/fetch.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
(cd "$scratch" && apt-get download -q -o APT::Sandbox::User=root libphonenumber-dev >&2)
dpkg-deb -x "$scratch"/libphonenumber-dev_*.deb "$scratch/unpacked"
rm -rf build/deps/phonenumber
mv "$scratch/unpacked" build/deps/phonenumber
