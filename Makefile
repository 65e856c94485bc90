# What can be done here; the work is in scripts/.
SHELL := bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# See scripts/lib.sh.
export LEPTOS_OUTPUT_NAME := secondarymarket

.PHONY: help run build watch test lint fmt e2e bench bench-market bench-timing lighthouse check release setup clean

help: ## Lists what can be done
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Builds and starts the server on http://127.0.0.1:3000
	@exec scripts/run

build: ## Builds the server (target/release/secondarymarket) and the site (target/site)
	@scripts/build

watch: ## Rebuilds and reloads while you write (needs cargo-leptos)
	@scripts/watch

test: ## Runs everything: format, lints, dependencies, tests on both databases, browser
	@scripts/test

lint: ## Format and lints of both sides
	@scripts/test format lint

fmt: ## Formats the code
	@cargo fmt --all

e2e: ## Builds and runs the browser tests
	@scripts/test build browser

bench: ## Measures the server against its budgets, on both databases: docs/benchmarks.md
	@scripts/bench

bench-market: ## Measures how long loading, sorting, filtering and searching the market take
	@cargo bench --features ssr --bench market

bench-timing: ## Measures whether the time of an answer tells what the answer does not
	@scripts/build
	@node benches/timing.mjs
	@scripts/with-postgres node benches/timing.mjs

lighthouse: ## Builds, and asks Lighthouse about the sign-in page and the listing on a phone
	@scripts/lighthouse

check: ## Compiles both sides without building them: the quickest answer
	@scripts/check

release: ## Builds and packs one archive that runs on a bare Debian (target/release-archive)
	@scripts/release

setup: ## Installs what `make test` needs and this machine lacks
	@scripts/setup test

clean: ## Removes what was built and installed for the project; data/ stays
	rm -rf target end2end/node_modules end2end/test-results
