"""What older migrations did to rows: only SQLite files are that old."""

from alembic import op


def of_files(statement: str) -> None:
    """Run a statement on a SQLite file. A server's database was empty before revision 0024: nothing moves."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(statement)
