// Measurement: see ARCHITECTURE.md.
