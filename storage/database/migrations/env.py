"""Alembic's entry: one transaction for all steps, on the file or on the connection that is configured."""

from alembic import context
from alembic.operations import Operations
from sqlalchemy import Connection, create_engine, event, pool

from storage.database.lasting_ids import highest_ids, make_ids_lasting
from storage.database.schema import metadata


def run() -> None:
    """Migrate a server's database within the caller's transaction, or the file that is named."""
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is not None:
        _configure(connection)
        context.run_migrations()
        return
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool)
    event.listen(engine, "connect", lambda file, _: setattr(file, "isolation_level", None))
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as file:
        _configure(file)
        with context.begin_transaction():
            _migrate_file(file)
        file.commit()


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True
    )


def _migrate_file(file: Connection) -> None:
    highest = highest_ids(file)
    context.run_migrations()
    if (
        context.get_revision_argument() == context.get_head_revision()
    ):  # a test may stop at an earlier version
        make_ids_lasting(Operations(context.get_context()), highest)


run()
