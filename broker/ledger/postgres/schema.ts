/** Rises when the tables change; an older ledger is brought up step by step, a newer one is refused. */
const FIRST = `
  CREATE TABLE ledger (one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one), version INTEGER NOT NULL);
  CREATE TABLE grant_row (id TEXT COLLATE "C" PRIMARY KEY, person TEXT COLLATE "C" NOT NULL, access TEXT COLLATE "C" NOT NULL,
    living SMALLINT NOT NULL, due_at BIGINT NOT NULL, starts_at BIGINT NOT NULL, version BIGINT NOT NULL, document TEXT NOT NULL);
  CREATE INDEX grant_due ON grant_row (due_at, id) WHERE living = 1;
  CREATE INDEX grant_access ON grant_row (access) WHERE living = 1;
  CREATE INDEX grant_person ON grant_row (person);
  CREATE TABLE access (key TEXT COLLATE "C" PRIMARY KEY, document TEXT NOT NULL);
  CREATE TABLE request (id TEXT COLLATE "C" PRIMARY KEY, person TEXT COLLATE "C" NOT NULL, state TEXT NOT NULL,
    asked_at BIGINT NOT NULL, grant_id TEXT COLLATE "C", version BIGINT NOT NULL, document TEXT NOT NULL);
  CREATE INDEX request_open ON request (asked_at, id) WHERE state = 'awaiting';
  CREATE INDEX request_person ON request (person, asked_at);
  CREATE INDEX request_grant ON request (grant_id) WHERE grant_id IS NOT NULL;
  CREATE TABLE audit (seq BIGINT PRIMARY KEY, record TEXT NOT NULL);
  CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log can only be added to'; END $$;
  CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
  INSERT INTO ledger (version) VALUES (0);
`

const NOTED = `
  CREATE TABLE noted (source TEXT COLLATE "C" PRIMARY KEY, seq BIGINT NOT NULL);
`

/** The last transaction of each connected broker that was written. */
const MARKED = `
  CREATE TABLE writer (session UUID PRIMARY KEY, mark BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL);
`

/**
 * What each version added, in order. The tables are those of the embedded ledger, in a schema called `gomeisa`, and `writer`,
 * which only a ledger needs whose server can be lost.
 */
export const POSTGRES_STEPS: readonly string[] = [FIRST, NOTED, MARKED]
