# Two commands matter: `make demo` and `make test`. Both start from a bare machine with Swift 6.3, python3 with pip, and make.

SWIFT   ?= swift
BUILD   := .build/release
ASSAY   := $(BUILD)/assay
export ASSAY_WORKER := $(abspath $(BUILD)/assay-worker)

.PHONY: demo test build packages format lint fuzz claims bench example help

help:
	@echo "make demo     install what is missing, build, evaluate real models on three engines"
	@echo "make test     install what is missing, build, run every test"
	@echo "make claims   measure the published figures again (ONLY=PREFIX for some)"
	@echo "make bench    measure the native engine against the faster of its peers (MODELS=NAMES for some)"
	@echo "make example  build and run the package that imports Assay"
	@echo "make fuzz     a minute of fuzzing for each parser"
	@echo "make format   format the sources; make lint checks them"

packages:
	@Scripts/install-debian-packages

build: packages
	@echo "Building Assay in release (the first time takes some minutes) …"
	$(SWIFT) build -c release

demo: build
	$(ASSAY) evaluate Workloads/photos/demo.yaml --html assay-demo.html

# The tests and the program come from one build.
test: packages lint
	$(SWIFT) build -c release --build-tests
	$(ASSAY) provision
	$(ASSAY) provision Examples/03-two-releases/releases.yaml
	$(ASSAY) provision --conformance
	$(ASSAY) zoo fetch mobilenet-v2 squeezenet-1.1 foolbox-imagenet
	@$(MAKE) --no-print-directory example
	ASSAY_PHOTOS="$$($(ASSAY) zoo fetch foolbox-imagenet 2>/dev/null | sed -n 's/^foolbox-imagenet: //p')" \
		$(SWIFT) test -c release --skip-build

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

# A package of its own that imports Assay, in a scratch folder of its own: a folder serves one package at a time.
example:
	$(SWIFT) build -c release --package-path Examples/04-import-assay --scratch-path .build-example
	cd Examples/04-import-assay && $(abspath .build-example/release/Colours)

fuzz:
	Fuzz/run

claims: build
	$(ASSAY) claims $(if $(ONLY),--only $(ONLY))

bench: build
	$(ASSAY) bench $(MODELS) --html assay-bench.html
