"""Music services and servers that speak their languages: the only network in musicrec.

Nothing here is imported, and no connection opened, before someone asks for it by name.
"""
