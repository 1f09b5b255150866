# Every target makes what it needs: `make demo` and `make test` work on a fresh clone.
BIN := .venv/bin
JOBS ?= 2

.PHONY: help install demo test lint bench bench-sizes bench-secrets bench-fresh bench-detection bench-register docs lock clean clean-all

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

install:  ## make .venv on the newest Python found, from the hash-locked requirements
	@scripts/install

demo: install  ## show a change denied, corrected and allowed, and the records verified
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo

test: install  ## run all tests; fetches gpg, openssl, ssh-keygen and node where it may
	@scripts/test-tools
	$(BIN)/pytest -n $(JOBS) --dist worksteal

lint: install  ## style, types, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install  ## speed and size beside the plain scanners
	$(BIN)/python -m bench.run

bench-sizes: install  ## how scanning grows with the change, cached and not; takes minutes
	$(BIN)/python -m bench.sizes

bench-fresh: install  ## install and run on a fresh runner, beside the plain scanners
	$(BIN)/python -m bench.fresh

bench-secrets: install  ## credentials planted and baits, by our detectors, kingfisher and both
	$(BIN)/python -m bench.secrets

bench-detection: install  ## what the rules find and miss in public corpora: make bench-detection CORPUS=DIR
	$(BIN)/python -m bench.detection --corpus "$(CORPUS)"

bench-register: install  ## a register of 1,000 vendors and 20,000 people: read whole, from its index, looked up in
	$(BIN)/python -m bench.register

docs: install  ## write the pages and tables that are made from the code and the rules
	$(BIN)/python scripts/write_docs.py
	$(BIN)/python scripts/rule_words.py

lock:  ## resolve the requirements anew
	scripts/lock

clean:  ## remove caches and builds
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean  ## remove the virtual environments, too
	rm -rf .venv .venv-3.11 tests/interop/node_modules
