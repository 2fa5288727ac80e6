"""What tags and artists mean, offline: cleaned tags, folded names, and a map of both.

`hygiene` cleans and classes tags, `names` makes spellings of one artist equal, `map` holds the
bundled vectors. Nothing here opens a connection.
"""
