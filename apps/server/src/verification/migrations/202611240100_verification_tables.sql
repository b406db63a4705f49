-- One trip of one user from 「确认就诊人」 to a grant, for one patient and one purpose.
CREATE TABLE verification (
  hospital_id   text   NOT NULL,
  id            text   NOT NULL,
  user_id       text   NOT NULL,
  patient_id    text   NOT NULL,
  purpose       text   NOT NULL,
  state         text   NOT NULL CHECK (state IN (
    'starting', 'on-platform', 'checking', 'granted', 'ways-on')),
  -- Why the state is 'ways-on'.
  reason        text,
  -- The request in which that happened: what the patient reads out on the phone.
  trace_id      text,
  -- The platform's page to open next. Sealed: it carries an order.
  verify_url    bytea,
  verify_order_id bytea,
  register_order_id bytea,
  verify_type   integer,
  protect_state integer,
  grant_id      text,
  created_at_ms bigint NOT NULL,
  changed_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES patient (hospital_id, id)
);
CREATE INDEX verification_user ON verification (hospital_id, user_id, created_at_ms);
CALL protect_by_hospital('verification');

-- Every registerOrderId that was ever handed in, by its blind index: a second verification can never use it.
CREATE TABLE verification_result (
  hospital_id     text   NOT NULL,
  result_index    bytea  NOT NULL,
  verification_id text   NOT NULL,
  created_at_ms   bigint NOT NULL,
  PRIMARY KEY (hospital_id, result_index),
  FOREIGN KEY (hospital_id, verification_id) REFERENCES verification (hospital_id, id)
);
CALL protect_by_hospital('verification_result');

-- What counts towards the limits of a day: one row when the platform's page was opened or a fallback was tried.
CREATE TABLE verification_attempt (
  hospital_id     text    NOT NULL,
  id              bigint  GENERATED ALWAYS AS IDENTITY,
  verification_id text    NOT NULL,
  patient_id      text    NOT NULL,
  purpose         text    NOT NULL,
  appid           text    NOT NULL,
  openid          text    NOT NULL,
  passed          boolean NOT NULL DEFAULT false,
  at_ms           bigint  NOT NULL,
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX verification_attempt_patient ON verification_attempt (hospital_id, patient_id, purpose, at_ms);
CREATE INDEX verification_attempt_openid ON verification_attempt (hospital_id, appid, openid, at_ms);
CALL protect_by_hospital('verification_attempt');

-- 授权: what a passed verification opens. Its subject is a linked patient, or a person (blind index of name and
-- number) where nobody is linked yet.
CREATE TABLE verification_grant (
  hospital_id   text   NOT NULL,
  id            text   NOT NULL,
  user_id       text   NOT NULL,
  patient_id    text,
  person_index  bytea,
  purpose       text   NOT NULL,
  assurance     text   NOT NULL CHECK (assurance IN ('real-person', 'proxy', 'face', 'trusted', 'fallback')),
  -- The verification or face check it came from.
  source        text   NOT NULL,
  -- Who verified on the patient's behalf. Sealed JSON.
  proxy         bytea,
  proxy_expires_at_ms bigint,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  voided_at_ms  bigint,
  void_reason   text,
  spent_at_ms   bigint,
  spent_on      text,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  CHECK ((patient_id IS NULL) <> (person_index IS NULL)),
  CHECK ((voided_at_ms IS NULL) = (void_reason IS NULL)),
  CHECK ((spent_at_ms IS NULL) = (spent_on IS NULL)),
  CHECK (NOT (purpose = 'refund' AND assurance = 'fallback'))
);
CREATE INDEX verification_grant_live ON verification_grant (hospital_id, user_id, patient_id, purpose, expires_at_ms);
CREATE UNIQUE INDEX verification_grant_once_each ON verification_grant (hospital_id, source);
CALL protect_by_hospital('verification_grant');

-- Codes by SMS of the fallback. The code stands here as a keyed hash; the newest of a verification counts.
CREATE TABLE verification_code (
  hospital_id     text    NOT NULL,
  id              text    NOT NULL,
  verification_id text    NOT NULL,
  patient_id      text    NOT NULL,
  code_index      bytea   NOT NULL,
  outcome         text    CHECK (outcome IN ('yes', 'no', 'unknown')),
  tries           integer NOT NULL DEFAULT 0,
  used            boolean NOT NULL DEFAULT false,
  created_at_ms   bigint  NOT NULL,
  expires_at_ms   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, verification_id) REFERENCES verification (hospital_id, id)
);
CREATE INDEX verification_code_newest ON verification_code (hospital_id, verification_id, created_at_ms);
CREATE INDEX verification_code_patient ON verification_code (hospital_id, patient_id, created_at_ms);
CALL protect_by_hospital('verification_code');
