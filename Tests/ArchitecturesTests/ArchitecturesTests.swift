// Tests of ArchitecturesTests.
