-- 就诊人: one person as one user holds it. The same person held by two users is two rows that name the same
-- archive in the HIS: what one user typed or verified must never change what another one sees.
CREATE TABLE patient (
  hospital_id    text    NOT NULL,
  id             text    NOT NULL,
  user_id        text    NOT NULL,
  -- Blind index of document type and normalised number: finds the person without opening the sealed fields.
  person_index   bytea   NOT NULL,
  name           bytea   NOT NULL,
  id_type        text    NOT NULL,
  id_number      bytea   NOT NULL,
  gender         text    NOT NULL CHECK (gender IN ('男', '女')),
  birthday       bytea   NOT NULL,
  phone          bytea,
  relation       text    NOT NULL,
  is_default     boolean NOT NULL,
  -- Made by a fallback: no reports and no refund until verified.
  verified       boolean NOT NULL,
  patid          text    NOT NULL,
  visit_card     bytea,
  card_state     text    NOT NULL CHECK (card_state IN ('linked', 'offered-later', 'none')),
  health_card_id text,
  qr_code_text   bytea,
  created_at_ms  bigint  NOT NULL,
  unlinked_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  CHECK ((card_state = 'linked') = (qr_code_text IS NOT NULL))
);
CREATE UNIQUE INDEX patient_once_per_user ON patient (hospital_id, user_id, person_index) WHERE unlinked_at_ms IS NULL;
CREATE UNIQUE INDEX patient_one_default ON patient (hospital_id, user_id) WHERE is_default AND unlinked_at_ms IS NULL;
CALL protect_by_hospital('patient');

-- The separate consent to sensitive personal data, by version. Withdrawal ends it; a new one may follow.
CREATE TABLE consent (
  hospital_id     text   NOT NULL,
  user_id         text   NOT NULL,
  version         text   NOT NULL,
  accepted_at_ms  bigint NOT NULL,
  withdrawn_at_ms bigint,
  PRIMARY KEY (hospital_id, user_id, version, accepted_at_ms),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CREATE UNIQUE INDEX consent_one_in_force ON consent (hospital_id, user_id) WHERE withdrawn_at_ms IS NULL;
CALL protect_by_hospital('consent');
