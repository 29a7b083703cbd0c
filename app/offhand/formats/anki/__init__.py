"""Packages of Anki: collections of notes with their cards, media and review log."""
