"""One script a claim: each prints a table and the ratio it is about (`python -m benchmarks`)."""
