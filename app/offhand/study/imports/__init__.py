"""Bringing decks in: the source, the difference, the step and its undoing."""
