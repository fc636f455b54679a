"""Runs steps on the connection that `storage.migrate` holds, inside its transaction."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
