// Tests of EnginesTests.
