// Tests of AssayCommandTests.
