// Tests of WireTests.
