// Tests of OperatorsTests.
