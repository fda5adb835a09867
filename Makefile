# LayerSwarm: `make` lists what can be made. VENV=... and PYTHON=... choose another environment and interpreter.
VENV ?= .venv
BIN := $(VENV)/bin
SYSTEM_PACKAGES := offscreen window
EXTRA := formats
KILLS ?= 1000
# A process more than there are cores, since tests of the window and of processes wait; up to four, each of which holds up
# to 3 GB, with one thread of torch: threads that wait for each other spin.
# Files come in the order of their names: the long ones of tests/e2e first, so that none is waited for in the end.
# make test checks types beside all else, since mypy uses one core only and takes a minute without its cache.
PROCESSES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PARALLEL = -n $(PROCESSES) --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# Dozens of processes import the same modules; where nothing compiled is kept, each compiles all of them again.
export PYTHONDONTWRITEBYTECODE :=
CHECK_STYLE = $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-logo
.DEFAULT_GOAL := help
.PHONY: packages help demo app check test coverage lint style soak bench fuzz translations setup system-packages clean
.NOTPARALLEL:

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

demo: setup ## install, then make a small model smaller from end to end (10 minutes on two cores)
	@$(BIN)/layerswarm demo

app: setup ## install, then open the window
	@$(BIN)/layerswarm

test coverage lint style check soak bench fuzz translations: EXTRA := dev
test coverage: SYSTEM_PACKAGES += screen
test: setup ## install, check the code and run every test
	@mkdir -p build; $(BIN)/mypy >build/mypy.log 2>&1 & types=$$!; \
	$(CHECK_STYLE) && OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(PARALLEL); tested=$$?; \
	wait $$types; typed=$$?; cat build/mypy.log; exit $$((tested | typed))

coverage: setup ## run every test and print the share of statements that they execute, by package
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(PARALLEL) -q --cov --cov-report=json:build/coverage.json
	@$(BIN)/python -m tests.coverage_by_package build/coverage.json

check: lint ## install, check the code and run the quick tests: for while you work
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(PARALLEL) -q -m "not slow"

lint: style ## check style, types and who imports whom
	@$(BIN)/mypy

style: setup
	@$(CHECK_STYLE)

soak: setup ## kill a small run 1,000 times at points of all stages and exports (an hour; KILLS=... for another number)
	@OMP_NUM_THREADS=1 LAYERSWARM_KILLS=$(KILLS) $(BIN)/python -m pytest -q -s --timeout=0 tests/e2e/test_faults.py

bench: setup ## run every benchmark and write docs/benchmarks (many hours; BENCH="--only NAME" runs one)
	@$(BIN)/python -m tests.benchmarks $(BENCH)

fuzz: setup ## damage the files of every reader for MINUTES (20), led by the code they reach where atheris is installed
	@OMP_NUM_THREADS=1 $(BIN)/python -m tests.fuzzing --minutes $(or $(MINUTES),20)

packages: ## build the wheel, the window as a portable archive, and its Debian package into dist/ (5 minutes)
	@$(or $(PYTHON),python3) packaging/app/make.py

translations: setup ## collect the window's sentences and compile their translations (resources/translations, Qt Linguist)
	@$(BIN)/python -m tests.gui.translations

setup: system-packages ## make the virtual environment
	@packaging/setup_venv.sh $(VENV) $(EXTRA)

system-packages: ## name the missing system packages, and install them as root
	@packaging/system_packages.sh $(SYSTEM_PACKAGES)

clean: ## remove the virtual environment and what the tools leave behind
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find engine gui tests -name __pycache__ -type d -prune -exec rm -rf {} +
