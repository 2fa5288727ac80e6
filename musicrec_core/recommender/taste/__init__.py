"""The model of what one person likes: an ensemble on the bundled network, calibrated."""
