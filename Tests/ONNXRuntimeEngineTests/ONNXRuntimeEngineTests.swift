// Tests of ONNXRuntimeEngineTests.
