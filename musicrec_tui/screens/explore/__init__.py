"""Explore: the library as a map that is walked, where alike is near."""
