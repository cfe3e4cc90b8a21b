/** Rises when the tables change; an older file is brought up to it, a newer one is refused. */
export const LEDGER_VERSION = 1

export const LEDGER_SCHEMA = `
  CREATE TABLE leave (token_hash TEXT PRIMARY KEY, person TEXT NOT NULL, device_name TEXT NOT NULL, at_least TEXT NOT NULL,
    expires_at INTEGER NOT NULL, spent_at INTEGER) WITHOUT ROWID, STRICT;
  CREATE TABLE device (id TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL,
    at_least TEXT NOT NULL, key BLOB NOT NULL, evidence TEXT, enrolled_at INTEGER NOT NULL,
    enrolled_until INTEGER NOT NULL, revoked_at INTEGER, revoked_because TEXT) WITHOUT ROWID, STRICT;
  CREATE UNIQUE INDEX device_in_use ON device (person, name) WHERE revoked_at IS NULL;
  CREATE TABLE certificate (serial TEXT PRIMARY KEY, device TEXT NOT NULL REFERENCES device(id), thumbprint TEXT NOT NULL,
    not_after INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID, STRICT;
  CREATE TABLE lock (id TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL,
    locked_by TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER, lifted_at INTEGER, lifted_by TEXT) WITHOUT ROWID, STRICT;
  CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, target TEXT NOT NULL) STRICT;
  CREATE INDEX lock_target ON lock (kind, target);
  CREATE TABLE trust (kind TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, value)) WITHOUT ROWID, STRICT;
`
