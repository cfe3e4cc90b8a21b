const DEVICES = `
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

const PEOPLE = `
  CREATE TABLE person (name TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT, added_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  CREATE TABLE passkey (id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person(name), place TEXT NOT NULL,
    rp_id TEXT NOT NULL, cose BLOB NOT NULL, spki BLOB NOT NULL, algorithm INTEGER NOT NULL, counter INTEGER NOT NULL,
    custody TEXT NOT NULL, backed_up INTEGER NOT NULL, aaguid TEXT NOT NULL, added_at INTEGER NOT NULL,
    revoked_at INTEGER, revoked_because TEXT) WITHOUT ROWID, STRICT;
  CREATE INDEX passkey_person ON passkey (person);
  CREATE TABLE session (hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person(name), device TEXT NOT NULL,
    login TEXT NOT NULL, subject TEXT, sid TEXT, acr TEXT, begun_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    ended_at INTEGER, ended_because TEXT) WITHOUT ROWID, STRICT;
  CREATE INDEX session_subject ON session (subject);
  CREATE TABLE once (kind TEXT NOT NULL, hash TEXT NOT NULL, fields TEXT NOT NULL, expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL, spent_at INTEGER, PRIMARY KEY (kind, hash)) WITHOUT ROWID, STRICT;
  CREATE INDEX once_expiry ON once (expires_at);
  CREATE TABLE presence (id TEXT PRIMARY KEY, person TEXT NOT NULL, decision TEXT NOT NULL, request TEXT NOT NULL,
    place TEXT NOT NULL, nonce TEXT NOT NULL UNIQUE, record TEXT NOT NULL, shown_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX presence_decision ON presence (person, decision);
`

/** What changed beside the grants, until the log has it and after; ids of sources tell several brokers apart. */
const NOTES = `
  CREATE TABLE note (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, event TEXT NOT NULL,
    detail TEXT NOT NULL) STRICT;
  CREATE TRIGGER note_is_kept BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'notes can only be added'); END;
  CREATE TRIGGER note_is_whole BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'notes can only be added'); END;
  CREATE TABLE note_source (id TEXT NOT NULL) STRICT;
  INSERT INTO note_source VALUES (lower(hex(randomblob(16))));
`

/** What each version added, in order; an older file is brought up step by step, a newer one is refused. */
export const LEDGER_STEPS: readonly string[] = [DEVICES, PEOPLE, NOTES]
