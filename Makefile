# Everything runs from a virtual environment of its own; the first target that needs it makes it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
DEMO   := build/demo

.PHONY: demo test check clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $(READY)

## demo: build a graph from the invented papers in examples/, ask it a question, draw it
demo: $(READY)
	mkdir -p $(DEMO)
	$(BIN)/graphbuilder build examples/papers.txt --graph $(DEMO)/graph.lbug
	$(BIN)/graphbuilder ask "which papers use VIB for pruning" --graph $(DEMO)/graph.lbug
	$(BIN)/graphbuilder viz $(DEMO)/map.html --graph $(DEMO)/graph.lbug
	@echo "Open $(DEMO)/map.html in a browser. Ask more: $(BIN)/graphbuilder ask \"...\" --graph $(DEMO)/graph.lbug"

## test: all the tests
test: $(READY)
	$(BIN)/pytest -n 2

## check: lint and types
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) build
