# Everything runs from a virtual environment of its own; the first target that needs it makes it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
DEMO   := build/demo
# matrices here are small: more threads than one only wait for each other
export OMP_NUM_THREADS ?= 1

.PHONY: demo test check neo4j clean
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

## neo4j: start a Neo4j server of one's own from Maven Central's artifacts and print its address; Ctrl-C stops it
neo4j: $(READY)
	$(BIN)/python -m tests.neo4j_server

clean:
	rm -rf $(VENV) build
