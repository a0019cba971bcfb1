"""What Alembic runs for each command: the migrations, on the connection that it was given."""

from alembic import context

from assistant.database.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
