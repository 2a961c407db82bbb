// ONNXRuntimeEngine: see ARCHITECTURE.md.
