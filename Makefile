# The two commands: `make run` and `make test`. `make help` lists all.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

BINARY := target/release/bugdrill
APP_INPUTS := apps/mobile scripts/build-app
OFFLINE_INPUTS := apps/offline crates/offline crates/guest crates/model Cargo.lock scripts/build-offline target/guests/python.wasm target/guests/javascript.wasm
CONTENT_CACHE := target/cache
# Tests need the whole workspace. Its parts ask for the same features of other crates, so that none is compiled twice.
CARGO_FLAGS := --release --locked --workspace
SECONDS_OF_SOAK := 60
SECONDS_OF_FUZZING := 120

.PHONY: help run build test guests app offline dependencies workspace content-check dependency-check oauth-provider rust-test node-test app-test e2e-test api-test lint bench soak fuzz openapi format clean

help: ## List the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | sort | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

run: build ## Build what is missing and serve everything on http://127.0.0.1:8080
	@exec $(BINARY) serve --data-dir ./data --listen 127.0.0.1:8080

test: ## Run all tests, installing what they need
	@rm -f target/left-out
	@$(MAKE) build dependency-check lint content-check rust-test node-test app-test e2e-test api-test
	@if [ -s target/left-out ]; then echo "==> all tests passed, but left out:"; cat target/left-out; else echo "==> all tests passed"; fi

guests: ## Build the WebAssembly guests of the sandbox
	@echo "==> guests"
	@scripts/build-guests

app: ## Export the web app
	@[ -f apps/mobile/dist/index.html ] || rm -f target/stamps/app
	@scripts/when-changed app $(APP_INPUTS) -- scripts/build-app

offline: guests ## Build what browsers run code with offline
	@[ -f target/offline/manifest.json ] || rm -f target/stamps/offline
	@scripts/when-changed offline $(OFFLINE_INPUTS) -- scripts/build-offline

# What the binary is made of, side by side: what it depends on needs neither the guests nor the app.
dependencies:
	@[ -f target/guests/python.wasm ] || scripts/build-binary --dependencies

build: ## Build target/release/bugdrill with the app and the content inside
	@$(MAKE) -j3 dependencies guests app
	@$(MAKE) offline
	@scripts/build-binary

workspace: build
	@scripts/build-binary --workspace

content-check: build ## Prove every exercise in the sandbox
	@scripts/when-changed content-check content $(BINARY) -- $(BINARY) content check --cache-dir $(CONTENT_CACHE)

dependency-check: ## Check the licences, versions and known vulnerabilities of dependencies
	@echo "==> dependencies"
	@scripts/check-dependencies

lint: guests ## Check the format and the lints of the Rust code
	@echo "==> format and lints"
	@cargo fmt --all --check
	@cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings

oauth-provider:
	@scripts/install-oauth-provider

rust-test: guests oauth-provider ## Run the Rust tests, those of the database on PostgreSQL too
	@echo "==> Rust tests"
	@cargo test $(CARGO_FLAGS)
	@echo "==> Rust tests on PostgreSQL"
	@scripts/test-on-postgres $(CARGO_FLAGS)

node-test: ## Hold what the tests expect of JavaScript against Node.js 20
	@echo "==> Node.js"
	@scripts/test-against-node

app-test: app offline ## Check and test the app
	@scripts/when-changed offline-check apps/offline -- npm --prefix apps/offline run --silent check
	@scripts/when-changed app-test $(APP_INPUTS) docs/openapi.json -- npm --prefix apps/mobile run --silent check

e2e-test: build ## Run the end-to-end tests in Chromium
	@echo "==> end-to-end tests"
	@scripts/test-in-browser

api-test: build ## Hold the server against its /openapi.json, with invented requests
	@echo "==> API tests"
	@scripts/test-api

bench: workspace ## Measure the sandbox and the server, beside native interpreters
	@target/release/bugdrill-bench

# Longer than `make test` may take: both look for what nobody has thought of.
soak: guests ## Run all abuse cases eight at a time for a minute (SECONDS_OF_SOAK=60)
	@BUGDRILL_ABUSE_SECONDS=$(SECONDS_OF_SOAK) cargo test $(CARGO_FLAGS) --test abuse -- --nocapture all_at_once

# Needs `cargo install cargo-fuzz`. What it finds is in crates/sandbox/fuzz/artifacts, what it learned in corpus.
fuzz: guests ## Fuzz what reads guests and runners (SECONDS_OF_FUZZING=120 for each target)
	@cd crates/sandbox && for target in $$(RUSTC_BOOTSTRAP=1 cargo fuzz list); do \
		mkdir -p fuzz/corpus/$$target; \
		RUSTC_BOOTSTRAP=1 cargo fuzz run --release --sanitizer none $$target fuzz/corpus/$$target fuzz/seeds/$$target -- \
			-max_total_time=$(SECONDS_OF_FUZZING) -max_len=20000 -timeout=10; \
	done

openapi: build ## Write docs/openapi.json anew, and the app's client from it
	@$(BINARY) openapi > target/openapi.json && mv target/openapi.json docs/openapi.json
	@npm --prefix apps/mobile run --silent generate-client

format: ## Format all code
	@cargo fmt --all
	@npm --prefix apps/mobile run --silent format

clean: ## Remove everything that was built; data/ stays
	@rm -rf target apps/mobile/dist apps/mobile/node_modules e2e/node_modules crates/bugdrill/tests/oauth-provider/node_modules
