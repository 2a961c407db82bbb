// Assay: see ARCHITECTURE.md.
