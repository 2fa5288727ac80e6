"""A language model behind an OpenAI-compatible endpoint: where it is, and one question to it."""
