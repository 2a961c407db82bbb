// Operators: see ARCHITECTURE.md.
