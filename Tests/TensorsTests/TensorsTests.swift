// Tests of TensorsTests.
