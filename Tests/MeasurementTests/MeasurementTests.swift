// Tests of MeasurementTests.
