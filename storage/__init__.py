"""Schema, migrations and one repository an aggregate: the only place with SQL."""
