"""The optional language model: words to chips, facts to sentences, each answer checked."""
