"""How well and how fast musicrec hears."""
