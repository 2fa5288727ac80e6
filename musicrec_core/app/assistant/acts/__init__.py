"""What each intent does."""

from musicrec_core.app.assistant.acts.registry import act

__all__ = ["act"]
