"""Deck files to and from the domain, one module a format."""
