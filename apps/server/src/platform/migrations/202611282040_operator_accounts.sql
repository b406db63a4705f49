-- Who works at the console. Accounts belong to the installation and not to one of its hospitals; they stand under the
-- hospital id 'installation', which no hospital may have, so that they are as far from a hospital's rows as another's are.
CREATE TABLE operator_account (
  hospital_id       text    NOT NULL,
  id                text    NOT NULL,
  -- What the audit names: never changed, never given to somebody else.
  login_name        text    NOT NULL,
  display_name      text    NOT NULL,
  role              text    NOT NULL CHECK (role IN ('system', 'security', 'audit', 'finance', 'operator', 'hospital')),
  -- Which hospitals it sees; NULL is all.
  hospitals         text[],
  -- 'waiting': until the security administrator agreed.
  state             text    NOT NULL CHECK (state IN ('waiting', 'active', 'disabled')),
  password_hash     text    NOT NULL,
  -- Made by somebody else: it is changed before anything else is done.
  password_is_given boolean NOT NULL,
  password_set_at_ms bigint NOT NULL,
  -- The hashes before, newest first: they do not come again.
  password_before   text[]  NOT NULL DEFAULT '{}',
  totp_secret       bytea,
  -- Of the code that was taken last: a code is good once.
  totp_step         bigint,
  failed_tries      integer NOT NULL DEFAULT 0,
  locked_until_ms   bigint,
  created_by        text    NOT NULL,
  created_at_ms     bigint  NOT NULL,
  approved_by       text,
  last_sign_in_at_ms bigint,
  PRIMARY KEY (hospital_id, id)
);
CREATE UNIQUE INDEX operator_account_login ON operator_account (hospital_id, lower(login_name));
CALL protect_by_hospital('operator_account');

CREATE TABLE operator_session (
  hospital_id   text   NOT NULL,
  token_hash    bytea  NOT NULL,
  account_id    text   NOT NULL,
  -- What is still to be done before it opens anything.
  stage         text   NOT NULL CHECK (stage IN ('password', 'enrol', 'code', 'ready')),
  -- A second factor that is being set up, and not confirmed yet.
  totp_pending  bytea,
  created_at_ms bigint NOT NULL,
  seen_at_ms    bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, token_hash),
  FOREIGN KEY (hospital_id, account_id) REFERENCES operator_account (hospital_id, id)
);
CREATE INDEX operator_session_account ON operator_session (hospital_id, account_id);
CALL protect_by_hospital('operator_session');
