// Tests of StudiesTests.
