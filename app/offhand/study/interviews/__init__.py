"""Mock interviews: under way, scored, listed and shared."""
