-- A second role on a PostgreSQL server: nhacviec owns, makes and upgrades the tables, nhacviec_daily works on their rows.
-- As the server's superuser, in the database of the program, once its owner has made the tables, and after each upgrade:
--   sudo -u postgres psql -d nhacviec -f deploy/postgres-roles.sql
-- Then a password: \password nhacviec_daily. How the two are used: docs/operate.md.

DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nhacviec_daily') THEN
    CREATE ROLE nhacviec_daily LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO nhacviec;
GRANT USAGE ON SCHEMA public TO nhacviec_daily;

-- Rows of all tables, those of later versions too; no table is made, changed, emptied at once or dropped.
ALTER DEFAULT PRIVILEGES FOR ROLE nhacviec IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nhacviec_daily;
ALTER DEFAULT PRIVILEGES FOR ROLE nhacviec IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO nhacviec_daily;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nhacviec_daily;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO nhacviec_daily;

-- A line of the audit is written once. (UPDATE on alembic_version is what the program's locks ask for.)
DO $$ BEGIN
  IF to_regclass('public.audit') IS NOT NULL THEN
    REVOKE UPDATE, DELETE ON public.audit FROM nhacviec_daily;
    REVOKE INSERT, DELETE ON public.alembic_version FROM nhacviec_daily;
  END IF;
END $$;
