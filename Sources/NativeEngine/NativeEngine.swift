// NativeEngine: see ARCHITECTURE.md.
