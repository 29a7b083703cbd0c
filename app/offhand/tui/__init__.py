"""The terminal app: screens that show what the use cases say, and ask them for more."""
