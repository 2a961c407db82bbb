// Engines: see ARCHITECTURE.md.
