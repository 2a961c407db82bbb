.PHONY: format lint
format:
	swift format --in-place --recursive Package.swift Sources Tests
lint:
	swift format lint --strict --recursive Package.swift Sources Tests
