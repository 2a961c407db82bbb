// ResultStore: see ARCHITECTURE.md.
