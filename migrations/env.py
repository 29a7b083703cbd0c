"""Runs the migrations on the connection that `offhand.store.migrate` hands over.

The transaction is begun and ended there, around all migrations together, with the foreign keys off.
"""

from alembic import context

from offhand.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
