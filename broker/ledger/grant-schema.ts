/** Rises when the tables change; an older file is brought up to it, a newer one is refused. */
export const GRANT_LEDGER_VERSION = 1

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
