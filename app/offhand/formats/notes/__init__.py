"""Markdown notes that hold cards, also those of Obsidian."""
