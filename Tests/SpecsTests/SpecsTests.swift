// Tests of SpecsTests.
