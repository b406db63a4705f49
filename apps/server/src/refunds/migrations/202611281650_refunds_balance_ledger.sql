-- 台账 of uncleared balances: one row an archive that the hospital owes something, or owed. What it ever owed is
-- balance_fen + refunded_fen + elsewhere_fen, whatever comes in in which order.
CREATE TABLE balance_record (
  hospital_id      text   NOT NULL,
  patid            text   NOT NULL,
  -- Name, document number, phone and card as one sealed text: they are only ever read together.
  person           bytea  NOT NULL,
  id_index         bytea,
  card_index       bytea,
  -- What is left, as far as anybody knows now.
  balance_fen      bigint NOT NULL CHECK (balance_fen >= 0),
  since            date,
  -- Who said last what is left.
  source           text   NOT NULL CHECK (source IN ('file', 'query')),
  -- The import that named this archive last; one that a newer whole file does not name is cleared elsewhere.
  run_id           text   NOT NULL,
  first_told_at_ms bigint,
  told_at_ms       bigint,
  told_how         text,
  -- Paid back through this gateway.
  refunded_fen     bigint NOT NULL DEFAULT 0 CHECK (refunded_fen >= 0),
  refunded_at_ms   bigint,
  refunded_ways    text[] NOT NULL DEFAULT '{}',
  -- Went another way: spent, or paid back at the counter.
  elsewhere_fen    bigint NOT NULL DEFAULT 0 CHECK (elsewhere_fen >= 0),
  cleared_at_ms    bigint,
  -- What has to be cleaned before the patient can be reached or paid.
  problems         text[] NOT NULL,
  -- The last question to the HIS, and why it gave no answer.
  asked_at_ms      bigint,
  asked_problem    text,
  created_at_ms    bigint NOT NULL,
  updated_at_ms    bigint NOT NULL,
  PRIMARY KEY (hospital_id, patid),
  CHECK ((cleared_at_ms IS NULL) = (balance_fen > 0))
) WITH (fillfactor = 80);
CREATE INDEX balance_record_open ON balance_record (hospital_id, balance_fen DESC, patid) WHERE cleared_at_ms IS NULL;
CREATE INDEX balance_record_to_clean ON balance_record (hospital_id, patid) WHERE cleared_at_ms IS NULL AND problems <> '{}';
CREATE INDEX balance_record_id ON balance_record (hospital_id, id_index) WHERE id_index IS NOT NULL;
CREATE INDEX balance_record_card ON balance_record (hospital_id, card_index) WHERE card_index IS NOT NULL;
CALL protect_by_hospital('balance_record');

-- Each paid leg once. A balance that was true before a refund is told less by what was refunded since.
CREATE TABLE balance_refund (
  hospital_id text   NOT NULL,
  leg_id      text   NOT NULL,
  patid       text   NOT NULL,
  amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
  way         text   NOT NULL,
  at_ms       bigint NOT NULL,
  PRIMARY KEY (hospital_id, leg_id)
);
CREATE INDEX balance_refund_patid ON balance_refund (hospital_id, patid, at_ms);
CREATE INDEX balance_refund_time ON balance_refund (hospital_id, at_ms);
CALL protect_by_hospital('balance_refund');

-- An import of a file, or a round of questions to the HIS.
CREATE TABLE balance_run (
  hospital_id     text    NOT NULL,
  id              text    NOT NULL,
  source          text    NOT NULL CHECK (source IN ('file', 'query')),
  -- `abandoned`: another one began before it was through.
  state           text    NOT NULL CHECK (state IN ('running', 'done', 'abandoned')),
  by_whom         text    NOT NULL,
  -- Keyed index of the file's text: the same file is known again.
  file_index      bytea,
  -- Whether it names everybody who is owed something.
  whole           boolean NOT NULL,
  -- The moment at which its balances were true.
  as_of_ms        bigint  NOT NULL,
  rows            integer NOT NULL,
  rows_done       integer NOT NULL DEFAULT 0,
  added           integer NOT NULL DEFAULT 0,
  changed         integer NOT NULL DEFAULT 0,
  cleared         integer NOT NULL DEFAULT 0,
  failed          integer NOT NULL DEFAULT 0,
  total_fen       bigint  NOT NULL DEFAULT 0,
  started_at_ms   bigint  NOT NULL,
  finished_at_ms  bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((finished_at_ms IS NULL) = (state = 'running'))
);
CREATE INDEX balance_run_time ON balance_run (hospital_id, started_at_ms);
CREATE UNIQUE INDEX balance_run_one_running ON balance_run (hospital_id, source) WHERE state = 'running';
CALL protect_by_hospital('balance_run');

-- How it stood at the end of a day, as last counted on it.
CREATE TABLE balance_snapshot (
  hospital_id    text    NOT NULL,
  day            date    NOT NULL,
  at_ms          bigint  NOT NULL,
  total_count    integer NOT NULL,
  total_fen      bigint  NOT NULL,
  told_count     integer NOT NULL,
  refunded_count integer NOT NULL,
  refunded_fen   bigint  NOT NULL,
  cleared_count  integer NOT NULL,
  elsewhere_fen  bigint  NOT NULL,
  open_count     integer NOT NULL,
  open_fen       bigint  NOT NULL,
  to_clean_count integer NOT NULL,
  to_clean_fen   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, day)
);
CALL protect_by_hospital('balance_snapshot');
