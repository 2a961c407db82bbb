// Shared test tools.
