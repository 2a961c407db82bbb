// Tests of ReportsTests.
