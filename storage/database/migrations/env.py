"""Alembic's entry: one transaction for all steps."""

from alembic import context
from alembic.operations import Operations
from sqlalchemy import Connection, create_engine, event, pool

from storage.database.lasting_ids import highest_ids, make_ids_lasting
from storage.database.schema import metadata


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def run() -> None:
    """Migrate the file that the configuration names."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True
        )
        with context.begin_transaction():
            highest = highest_ids(connection)
            context.run_migrations()
            if (
                context.get_revision_argument() == context.get_head_revision()
            ):  # a test may stop at an earlier version
                make_ids_lasting(Operations(context.get_context()), highest)
        connection.commit()


run()
