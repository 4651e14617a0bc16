"""The engine: connections, the writer thread, the schema, migrations, the lock of the running program."""
