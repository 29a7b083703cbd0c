"""The use cases: all that screens and commands ask of Offhand."""
