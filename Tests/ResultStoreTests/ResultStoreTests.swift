// Tests of ResultStoreTests.
