"""What the library and the lists are like, and whether the model still fits them."""
