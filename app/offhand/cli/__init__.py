"""The command line: every use case as a command, for people and for scripts."""
