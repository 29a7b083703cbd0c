"""The files of other trainers, Anki aside."""
