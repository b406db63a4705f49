-- One face check on the mini program's face page, for one order of the card platform.
CREATE TABLE face_check (
  hospital_id   text   NOT NULL,
  id            text   NOT NULL,
  user_id       text   NOT NULL,
  -- Blind index of the platform's order: one order, one check at a time.
  order_index   bytea  NOT NULL,
  order_id      bytea  NOT NULL,
  verify_type   integer NOT NULL,
  person        bytea  NOT NULL,
  out_seq_no    text   NOT NULL,
  verify_id     bytea  NOT NULL,
  state         text   NOT NULL CHECK (state IN ('started', 'reporting', 'passed', 'failed', 'unknown')),
  verify_order_id bytea,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CALL protect_by_hospital('face_check');
