"""Makes the bundled weights; each script is run as `python -m training.NAME`."""
