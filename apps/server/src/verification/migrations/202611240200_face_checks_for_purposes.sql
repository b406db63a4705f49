-- One face check for every purpose: the platform's order is one of them, a refund another.
ALTER TABLE face_check
  ALTER COLUMN order_index DROP NOT NULL,
  ALTER COLUMN order_id DROP NOT NULL,
  ALTER COLUMN verify_type DROP NOT NULL,
  -- Not known before WeChat answered: the intent stands first.
  ALTER COLUMN verify_id DROP NOT NULL,
  ADD COLUMN purpose text NOT NULL DEFAULT 'platform-order',
  ADD COLUMN method text NOT NULL DEFAULT 'face' CHECK (method IN ('face', 'ncidas')),
  -- Blind index of name and number.
  ADD COLUMN person_index bytea NOT NULL DEFAULT '\x',
  -- In whose name WeChat was asked; the query has to repeat it.
  ADD COLUMN appid text NOT NULL DEFAULT '',
  ADD COLUMN openid text NOT NULL DEFAULT '',
  -- verify_ret, or the errcode that ended the check.
  ADD COLUMN result_code integer,
  ADD COLUMN counts_as_attempt boolean NOT NULL DEFAULT false,
  -- When a process took the check to ask somebody; after half a minute another may take it.
  ADD COLUMN claimed_at_ms bigint,
  -- Blind index of the wechatCode with which the platform was told last.
  ADD COLUMN code_index bytea,
  -- National network identity: what its client was given, and what goes to the platform. Sealed JSON.
  ADD COLUMN parameters bytea,
  ADD COLUMN ext_info bytea,
  ADD COLUMN grant_id text;

ALTER TABLE face_check
  ALTER COLUMN purpose DROP DEFAULT,
  ALTER COLUMN method DROP DEFAULT,
  ALTER COLUMN person_index DROP DEFAULT,
  ALTER COLUMN appid DROP DEFAULT,
  ALTER COLUMN openid DROP DEFAULT,
  DROP CONSTRAINT face_check_state_check,
  ADD CHECK (state IN (
    'starting', 'unstarted', 'started', 'querying', 'verified', 'reporting', 'unknown', 'passed', 'failed')),
  ADD CHECK ((purpose = 'platform-order') = (order_id IS NOT NULL)),
  ADD CHECK ((grant_id IS NOT NULL) = (purpose <> 'platform-order' AND state = 'passed')),
  ADD FOREIGN KEY (hospital_id, grant_id) REFERENCES verification_grant (hospital_id, id);
-- WeChat asks for a number that was never used under the appid.
CREATE UNIQUE INDEX face_check_number ON face_check (hospital_id, out_seq_no);
CREATE INDEX face_check_person ON face_check (hospital_id, person_index, purpose, created_at_ms);
CREATE INDEX face_check_openid ON face_check (hospital_id, appid, openid, created_at_ms);
