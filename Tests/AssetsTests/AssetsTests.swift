// Tests of AssetsTests.
