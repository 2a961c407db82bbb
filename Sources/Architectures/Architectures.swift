// Architectures: see ARCHITECTURE.md.
