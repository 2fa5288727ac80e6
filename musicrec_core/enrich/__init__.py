"""Last.fm and servers that speak its language: the only network in musicrec.

Nothing here is imported, and no connection opened, before someone asks for it by name.
"""
