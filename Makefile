# The two commands: make run and make test. Both set everything up first (packaging/setup), which is instant when it is done.
# ARGS goes to the command: make run ARGS="--game grid --seed 7", make test ARGS="-k overlay -x".

ARGS ?=

.PHONY: run test types types-linux types-win32 types-darwin test-llama-cpp setup translations installer smoke clean

run:
	@packaging/setup run
	@.venv/bin/coach demo $(ARGS)

setup:
	@packaging/setup test

test: setup
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	@$(MAKE) --no-print-directory -j2 types
	.venv/bin/lint-imports
	.venv/bin/pytest tests/unit -n logical --dist loadfile $(ARGS)
	.venv/bin/pytest tests/gpu $(ARGS) || [ $$? = 5 ]  # none are collected where there is no card
	packaging/virtual-desktop .venv/bin/pytest tests/gui $(ARGS)

# For all systems, two at a time.
types: types-linux types-win32 types-darwin

types-linux types-win32 types-darwin: setup

types-linux:
	.venv/bin/mypy

types-win32 types-darwin: types-%:
	.venv/bin/mypy --platform $* --cache-dir .mypy_cache/$* coach_app

# Tests against a server of llama.cpp, which is built from source first: some minutes, once.
test-llama-cpp: setup
	@packaging/llama-cpp build/llama-cpp
	.venv/bin/pytest tests/servers $(ARGS)

# Collects what the user can read, and names what has no Japanese yet.
translations: setup
	.venv/bin/python packaging/translations.py

# What players download, into dist/ (Linux); the other systems have their own commands in packaging/windows and packaging/macos.
installer:
	@packaging/setup installer
	@build/venv/bin/python packaging/build_installer.py

# Installs, uses and removes the .deb of `make installer` in a bare Debian of its own; needs root.
smoke: setup
	.venv/bin/python packaging/smoke_test.py dist/coach_*_amd64.deb

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find coach_app tests packaging -name __pycache__ -exec rm -rf {} +
