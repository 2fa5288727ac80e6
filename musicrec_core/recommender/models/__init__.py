"""Model versions on disk: files, checksums, which one is in use, and what may take its place."""
