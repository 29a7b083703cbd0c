"""Offhand's own format: read, checked, written, and edited with its comments kept."""
