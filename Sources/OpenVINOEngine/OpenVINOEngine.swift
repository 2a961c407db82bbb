// OpenVINOEngine: see ARCHITECTURE.md.
