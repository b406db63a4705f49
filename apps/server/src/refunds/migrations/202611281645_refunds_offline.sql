-- Offline applications (线下退款申请): who cannot use the two ways on the phone sends documents, a clerk decides, and the
-- money is handed out at the window or by bank. Nothing here moves money.
CREATE TABLE offline_application (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  user_id       text    NOT NULL,
  -- The app's own key of the form, and a keyed hash of what it said: sent twice, stored once.
  request_key   text    NOT NULL,
  request_hash  bytea   NOT NULL,
  reason        text    NOT NULL CHECK (reason IN
    ('proxy', 'deceased', 'minor', 'no-resident-id', 'not-in-source', 'device-unsupported', 'other')),
  -- Sealed JSON: name, ID, phone, relation; name, ID, card number.
  applicant     bytea   NOT NULL,
  patient       bytea   NOT NULL,
  -- By these a clerk finds other applications for the same patient.
  patient_id_index   bytea,
  patient_card_index bytea,
  note          bytea,
  state         text    NOT NULL CHECK (state IN
    ('draft', 'submitted', 'in-review', 'more-documents', 'approved', 'rejected', 'paid-out', 'withdrawn')),
  -- Who took it into review last.
  reviewer      text,
  -- Sealed: what the clerk tells the patient, of the last decision or question.
  said          bytea,
  -- From a configured amount on one person proposes and another approves.
  proposed_by   text,
  proposed_fen  bigint  CHECK (proposed_fen > 0),
  proposed_at_ms bigint,
  decided_by    text,
  decided_at_ms bigint,
  amount_fen    bigint  CHECK (amount_fen > 0),
  payout_how    text    CHECK (payout_how IN ('window', 'bank-transfer')),
  payout_voucher text,
  paid_out_at_ms bigint,
  -- Of documents, those removed again included: a limit on what one application may cost.
  uploads       integer NOT NULL,
  created_at_ms bigint  NOT NULL,
  submitted_at_ms bigint,
  -- Of the last change of state.
  moved_at_ms   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  CHECK (state IN ('draft', 'withdrawn') OR submitted_at_ms IS NOT NULL),
  CHECK ((state IN ('approved', 'paid-out')) = (amount_fen IS NOT NULL)),
  CHECK ((state IN ('approved', 'rejected', 'paid-out')) = (decided_by IS NOT NULL)),
  CHECK ((decided_by IS NULL) = (decided_at_ms IS NULL)),
  CHECK (proposed_by IS NULL OR state = 'in-review'),
  CHECK ((proposed_by IS NULL) = (proposed_fen IS NULL) AND (proposed_by IS NULL) = (proposed_at_ms IS NULL)),
  CHECK ((state = 'paid-out') = (payout_how IS NOT NULL) AND (payout_how IS NULL) = (payout_voucher IS NULL)
    AND (payout_how IS NULL) = (paid_out_at_ms IS NULL))
);
CREATE UNIQUE INDEX offline_application_request ON offline_application (hospital_id, user_id, request_key);
CREATE INDEX offline_application_user ON offline_application (hospital_id, user_id, created_at_ms);
CREATE INDEX offline_application_queue ON offline_application (hospital_id, state, moved_at_ms, id);
CREATE INDEX offline_application_patient_id ON offline_application (hospital_id, patient_id_index)
  WHERE patient_id_index IS NOT NULL;
CREATE INDEX offline_application_patient_card ON offline_application (hospital_id, patient_card_index)
  WHERE patient_card_index IS NOT NULL;
-- A voucher pays one application.
CREATE UNIQUE INDEX offline_application_voucher ON offline_application (hospital_id, payout_how, payout_voucher)
  WHERE payout_voucher IS NOT NULL;
CALL protect_by_hospital('offline_application');

CREATE TABLE offline_document (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  application_id text   NOT NULL,
  kind          text    NOT NULL,
  -- Sealed: people name files after people.
  name          bytea   NOT NULL,
  content_type  text    NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  size_bytes    integer NOT NULL CHECK (size_bytes > 0),
  sha256        bytea   NOT NULL,
  -- Sealed, as base64.
  content       bytea   NOT NULL,
  added_at_ms   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, application_id) REFERENCES offline_application (hospital_id, id)
);
-- What is sealed does not compress.
ALTER TABLE offline_document ALTER COLUMN content SET STORAGE EXTERNAL;
-- Sent twice, kept once.
CREATE UNIQUE INDEX offline_document_once ON offline_document (hospital_id, application_id, kind, sha256);
CALL protect_by_hospital('offline_document');

-- Every step of an application, in order; the audit log says the same without the texts.
CREATE TABLE offline_step (
  hospital_id   text    NOT NULL,
  application_id text   NOT NULL,
  step          integer NOT NULL,
  happening     text    NOT NULL,
  state         text    NOT NULL,
  actor         text    NOT NULL,
  -- Sealed.
  said          bytea,
  amount_fen    bigint,
  at_ms         bigint  NOT NULL,
  PRIMARY KEY (hospital_id, application_id, step),
  FOREIGN KEY (hospital_id, application_id) REFERENCES offline_application (hospital_id, id)
);
CALL protect_by_hospital('offline_step');
