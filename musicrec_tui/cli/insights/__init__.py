"""Insights, a year in review, and both as a page."""
