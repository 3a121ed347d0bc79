#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
# compile.sh OUTPUT: compiles the BPF program, if a source is newer than the output.
set -eu

sources=$(dirname "$0")
output=$1

if ! command -v clang > /dev/null || ! [ -e /usr/include/bpf/bpf_helpers.h ]; then
    echo "The BPF program needs clang and libbpf's headers. Debian, Ubuntu: apt-get install clang libbpf-dev" >&2
    exit 1
fi
if [ -e "$output" ] && [ -z "$(find "$sources" -newer "$output" -type f)" ]; then
    exit 0
fi
mkdir -p "$(dirname "$output")"
# asm/types.h lies in a folder named after the machine on Debian; clang ignores the folders that do not exist.
clang -target bpf -O2 -g -Wall -Werror \
    -idirafter "/usr/include/$(uname -m)-linux-gnu" \
    -fdebug-prefix-map="$sources"=. -fdebug-compilation-dir=. \
    -c "$sources/sluice.bpf.c" -o "$output.new"
# Debug information goes, BTF stays.
for strip in llvm-strip $(ls -1 /usr/bin/llvm-strip-* 2> /dev/null || true); do
    if command -v "$strip" > /dev/null; then
        "$strip" -g "$output.new"
        break
    fi
done
mv "$output.new" "$output"
