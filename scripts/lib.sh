# What the scripts share. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit

# One build folder for every script, wherever the developer's own settings put cargo's.
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
case $TARGET in /*) ;; *) TARGET=$ROOT/$TARGET ;; esac
export CARGO_TARGET_DIR=$TARGET

TOOLS=$TARGET/tools # programs installed for this project only
SITE=$TARGET/site   # what the browser gets
NODE_BIN=$ROOT/end2end/node_modules/.bin
export PATH=$TOOLS/bin:$PATH

NAME=secondarymarket
# Leptos compiles this name into the server: with it the page asks for NAME.wasm, without it for
# NAME_bg.wasm. Always exported, so that cargo never rebuilds Leptos because it came or went.
export LEPTOS_OUTPUT_NAME=$NAME

say() { printf '%s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# at_least 1.96.0 1.95 -> true
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# The first number such as 1.95.0 in standard input.
first_version() { grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1; }

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v name="$1" '$1 == "name" { found = $3 == "\"" name "\"" }
    found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# The folder with PostgreSQL's server programs; Debian keeps them off PATH.
postgres_bin() {
  local folder
  if have initdb && have pg_ctl; then
    dirname "$(readlink -f "$(command -v initdb)")"
    return
  fi
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      echo "$folder"
      return
    fi
  done
  return 1
}

# A Chromium that is already on the system.
system_browser() {
  local name
  if [ -n "${CHROMIUM_PATH:-}" ]; then
    [ -x "$CHROMIUM_PATH" ] && echo "$CHROMIUM_PATH" && return
    die "CHROMIUM_PATH=$CHROMIUM_PATH is not a program."
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}

# --- a Debian in a folder, for scripts/try-release and scripts/try-image -----------------------

need_debootstrap() {
  PATH=$PATH:/usr/sbin:/sbin
  have debootstrap || die "debootstrap is needed; on Debian: apt-get install debootstrap"
}

# From where this machine takes its own packages; nothing when that cannot be told.
debian_mirror() {
  {
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources || true
    sed -nE 's/^deb +(\[[^]]*\] +)?([^ ]+) .*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list || true
  } 2>/dev/null | grep -E -m 1 '/debian/?$' || true
}

make_debian() { # SUITE FOLDER
  local from
  from=$(debian_mirror)
  [ -n "$from" ] || die "no Debian mirror stands in this machine's apt sources."
  debootstrap --variant=minbase "$1" "$2" "$from" >"$2.log" 2>&1 || {
    tail -n 5 "$2.log" "$2/debootstrap/debootstrap.log" 2>/dev/null >&2 || true
    die "debootstrap failed."
  }
}

# --- compilers -------------------------------------------------------------------------------

# How the browser side is compiled: chosen by scripts/setup, read by whoever compiles it.
load_wasm_toolchain() {
  WASM_TOOLCHAIN=active WASM_CARGO=cargo WASM_RUSTC=rustc WASM_LINKER=
  if [ -f "$TOOLS/wasm-toolchain.env" ]; then
    # shellcheck disable=SC1091
    . "$TOOLS/wasm-toolchain.env"
  fi
}

# cargo for the browser side, with the compiler that has its standard library.
wasm_cargo() (
  load_wasm_toolchain
  if [ "$WASM_TOOLCHAIN" != active ]; then
    export RUSTC=$WASM_RUSTC
  fi
  if [ -n "$WASM_LINKER" ]; then
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$WASM_LINKER
  fi
  "$WASM_CARGO" "$@"
)
