"""Guides and outlines: headings, terms and the paragraphs below them."""
