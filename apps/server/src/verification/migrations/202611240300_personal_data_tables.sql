-- 修改个人信息: one change of phone or address that a user asked of the HIS. The row stands before the HIS is asked, and
-- its id is the request key, so that asking again never changes anything twice. Never deleted: the auditor finds old
-- and new value here, both sealed.
CREATE TABLE personal_data_change (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  user_id       text    NOT NULL,
  patient_id    text    NOT NULL,
  patid         text    NOT NULL,
  -- The grant that allowed it.
  grant_id      text    NOT NULL,
  -- Sealed JSON of the changed fields only.
  old_values    bytea   NOT NULL,
  new_values    bytea   NOT NULL,
  -- asked: the HIS is being asked. unknown: nobody can say, it is asked again. parked: asked often enough, a person looks.
  state         text    NOT NULL CHECK (state IN ('asked', 'unknown', 'yes', 'no', 'parked')),
  -- How often the HIS was asked.
  tries         integer NOT NULL,
  last_problem  text,
  created_at_ms bigint  NOT NULL,
  settled_at_ms bigint,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES patient (hospital_id, id),
  FOREIGN KEY (hospital_id, grant_id) REFERENCES verification_grant (hospital_id, id),
  CHECK ((state IN ('asked', 'unknown')) = (next_action_at_ms IS NOT NULL)),
  CHECK ((state IN ('yes', 'no')) = (settled_at_ms IS NOT NULL))
);
-- One at a time, for an archive and not for a patient: two users may hold the same one.
CREATE UNIQUE INDEX personal_data_change_under_way ON personal_data_change (hospital_id, patid)
  WHERE state IN ('asked', 'unknown');
CREATE INDEX personal_data_change_due ON personal_data_change (hospital_id, next_action_at_ms)
  WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX personal_data_change_patient ON personal_data_change (hospital_id, patient_id, created_at_ms);
CALL protect_by_hospital('personal_data_change');
