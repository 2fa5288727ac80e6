"""Last.fm and servers that speak its language: the only network in musicrec.

Nothing here is imported before the user has turned it on.
"""
