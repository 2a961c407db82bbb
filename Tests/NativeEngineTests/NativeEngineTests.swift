// Tests of NativeEngineTests.
