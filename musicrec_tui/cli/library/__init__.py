"""The library: scanned, searched, taken along; and the demo."""
