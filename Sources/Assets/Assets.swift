// Assets: see ARCHITECTURE.md.
