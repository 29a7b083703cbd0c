"""The database: what was answered, and a copy of what is learned.

Reads are plain SQL through the standard library (`reading`), since the first card has to be on
screen before SQLAlchemy could be imported. Everything that writes, and the schema, goes through
SQLAlchemy (`history`, `library`, `tables`), on the same connection.
"""
