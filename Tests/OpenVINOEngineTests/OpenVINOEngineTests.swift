// Tests of OpenVINOEngineTests.
