// Tests of GraphsTests.
