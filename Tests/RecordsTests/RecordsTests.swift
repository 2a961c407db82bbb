// Tests of RecordsTests.
