// Specs: see ARCHITECTURE.md.
