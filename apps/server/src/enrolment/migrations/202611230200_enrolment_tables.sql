-- One trip of one user from 建档授权 to a linked patient.
CREATE TABLE enrolment_flow (
  hospital_id     text   NOT NULL,
  id              text   NOT NULL,
  user_id         text   NOT NULL,
  intent          text   NOT NULL CHECK (intent IN ('register', 'bind-card', 'add-patient', 'upgrade')),
  -- The old patient whom an upgrade gives a card.
  upgrade_patient_id text,
  state           text   NOT NULL CHECK (state IN (
    'starting', 'on-platform', 'form', 'submitting', 'exchanging', 'archiving',
    'choose-archive', 'complete-archive', 'creating-archive', 'done', 'ways-on')),
  -- Why the state is 'ways-on'; which step a resume repeats.
  reason          text,
  -- The request in which that happened: what the patient reads out on the phone.
  trace_id        text,
  -- The platform's page to open next. Sealed: it carries one-use codes.
  platform_url    bytea,
  -- The person as the platform or the form gave it, with the card if there is one. Sealed JSON.
  person          bytea,
  -- Archives to choose from. Sealed JSON.
  archives        bytea,
  relation        text,
  patient_id      text,
  created_at_ms   bigint NOT NULL,
  changed_at_ms   bigint NOT NULL,
  expires_at_ms   bigint NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CREATE INDEX enrolment_flow_user ON enrolment_flow (hospital_id, user_id, created_at_ms);
CALL protect_by_hospital('enrolment_flow');

-- Every one-use code that was ever handed in, by its blind index: the intent stands here before the platform is
-- asked, so that no code is spent twice, and a repeat finds the flow's stored result.
CREATE TABLE enrolment_code (
  hospital_id   text   NOT NULL,
  code_index    bytea  NOT NULL,
  kind          text   NOT NULL CHECK (kind IN ('health-code', 'auth-code', 'reg-info-code')),
  flow_id       text   NOT NULL,
  outcome       text   CHECK (outcome IN ('yes', 'no', 'unknown')),
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, code_index),
  FOREIGN KEY (hospital_id, flow_id) REFERENCES enrolment_flow (hospital_id, id)
);
CALL protect_by_hospital('enrolment_code');

-- 绑定健康卡和院内ID: done in the background, never in the patient's way.
CREATE TABLE card_binding (
  hospital_id       text    NOT NULL,
  patient_id        text    NOT NULL,
  patid             text    NOT NULL,
  health_card_id    text    NOT NULL,
  qr_code_text      bytea   NOT NULL,
  state             text    NOT NULL CHECK (state IN ('due', 'done', 'parked')),
  attempts          integer NOT NULL DEFAULT 0,
  last_problem      text,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, patient_id, health_card_id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES patient (hospital_id, id),
  CHECK ((state = 'due') = (next_action_at_ms IS NOT NULL))
);
CREATE INDEX card_binding_due ON card_binding (hospital_id, next_action_at_ms) WHERE state = 'due';
CALL protect_by_hospital('card_binding');
