"""How well taste is learned, and when a new model may take over."""
