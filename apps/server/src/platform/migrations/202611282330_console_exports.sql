-- Tables that somebody takes out of the console. A background work writes the file, sealed and in pieces, and removes it
-- after its time; that it was asked for and taken stands in the audit for good.
CREATE TABLE console_export (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  kind          text    NOT NULL,
  format        text    NOT NULL CHECK (format IN ('csv', 'xlsx')),
  -- As the list was searched; kinds take no personal data here.
  filters       jsonb   NOT NULL,
  -- Whose it is: nobody else sees or takes it.
  account_id    text    NOT NULL,
  login_name    text    NOT NULL,
  state         text    NOT NULL CHECK (state IN ('waiting', 'working', 'done', 'failed')),
  -- Undefined beyond what is cheaply counted.
  rows_expected bigint,
  rows_done     bigint  NOT NULL DEFAULT 0,
  bytes_done    bigint  NOT NULL DEFAULT 0,
  -- Not all rows: the file ends where a spreadsheet does.
  is_cut        boolean NOT NULL DEFAULT false,
  -- Of a failure, the kind and never the text.
  problem       text,
  tries         integer NOT NULL DEFAULT 0,
  -- Unfinished: when somebody else may take it over. Finished: when it is removed.
  next_action_at_ms bigint NOT NULL,
  created_at_ms bigint  NOT NULL,
  finished_at_ms bigint,
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX console_export_due ON console_export (hospital_id, next_action_at_ms);
CREATE INDEX console_export_of ON console_export (hospital_id, account_id, created_at_ms);
CALL protect_by_hospital('console_export');

CREATE TABLE console_export_piece (
  hospital_id   text    NOT NULL,
  export_id     text    NOT NULL,
  place         integer NOT NULL,
  content       bytea   NOT NULL,
  PRIMARY KEY (hospital_id, export_id, place),
  FOREIGN KEY (hospital_id, export_id) REFERENCES console_export (hospital_id, id) ON DELETE CASCADE
);
-- Encrypted bytes do not get smaller.
ALTER TABLE console_export_piece ALTER COLUMN content SET STORAGE EXTERNAL;
CALL protect_by_hospital('console_export_piece');
