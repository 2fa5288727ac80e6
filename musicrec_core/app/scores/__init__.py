"""The library as a recommender sees it, and a profile's scores kept ready."""
