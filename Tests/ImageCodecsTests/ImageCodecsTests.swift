// Tests of ImageCodecsTests.
