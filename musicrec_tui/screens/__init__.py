"""The main screen, a folder for each of its pages, and what opens before and above it."""
