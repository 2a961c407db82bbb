// Wire: see ARCHITECTURE.md.
