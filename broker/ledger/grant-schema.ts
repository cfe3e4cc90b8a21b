/** Grants and accesses as documents beside what is asked by; the log can be added to and nothing else. */
export const GRANT_LEDGER_SCHEMA = `
  CREATE TABLE grant_row (id TEXT PRIMARY KEY, person TEXT NOT NULL, access TEXT NOT NULL, living INTEGER NOT NULL,
    due_at INTEGER NOT NULL, starts_at INTEGER NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX grant_due ON grant_row (due_at, id) WHERE living = 1;
  CREATE INDEX grant_access ON grant_row (access) WHERE living = 1;
  CREATE INDEX grant_person ON grant_row (person);
  CREATE TABLE access (key TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE TABLE audit (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
  CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log can only be added to'); END;
  CREATE TRIGGER audit_is_whole BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log can only be added to'); END;
`

/** Since version 2. */
const REQUEST_SCHEMA = `
  CREATE TABLE request (id TEXT PRIMARY KEY, person TEXT NOT NULL, state TEXT NOT NULL, asked_at INTEGER NOT NULL,
    grant_id TEXT, version INTEGER NOT NULL, document TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX request_open ON request (asked_at, id) WHERE state = 'awaiting';
  CREATE INDEX request_person ON request (person, asked_at);
  CREATE INDEX request_grant ON request (grant_id) WHERE grant_id IS NOT NULL;
`

/** Since version 3: how far the notes of a source are in the log. */
const NOTED_SCHEMA = `
  CREATE TABLE noted (source TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID, STRICT;
`

/** What each version added to the one before; an older file is brought up to the last, a newer one is refused. */
export const GRANT_LEDGER_STEPS: readonly string[] = [GRANT_LEDGER_SCHEMA, REQUEST_SCHEMA, NOTED_SCHEMA]
