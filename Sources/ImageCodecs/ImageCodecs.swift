// ImageCodecs: see ARCHITECTURE.md.
