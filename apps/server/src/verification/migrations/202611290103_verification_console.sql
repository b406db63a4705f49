-- The operators' lists: newest first, by each of their filters.
CREATE INDEX verification_newest ON verification (hospital_id, created_at_ms, id);
CREATE INDEX verification_stage ON verification (
  hospital_id, (CASE state WHEN 'granted' THEN 'granted' WHEN 'ways-on' THEN 'stopped' ELSE 'open' END),
  created_at_ms, id);
CREATE INDEX verification_purpose ON verification (hospital_id, purpose, created_at_ms, id);
CREATE INDEX verification_reason ON verification (hospital_id, reason, created_at_ms, id) WHERE reason IS NOT NULL;
CREATE INDEX verification_patient ON verification (hospital_id, patient_id, created_at_ms, id);
CREATE INDEX verification_trace ON verification (hospital_id, trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX verification_grant_id ON verification (hospital_id, grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX face_check_newest ON face_check (hospital_id, created_at_ms, id);
CREATE INDEX face_check_state ON face_check (hospital_id, state, created_at_ms, id);
CREATE INDEX face_check_purpose ON face_check (hospital_id, purpose, created_at_ms, id);
CREATE INDEX face_check_user ON face_check (hospital_id, user_id, created_at_ms, id);
CREATE INDEX face_check_grant ON face_check (hospital_id, grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX verification_grant_newest ON verification_grant (hospital_id, created_at_ms, id);
CREATE INDEX verification_grant_purpose ON verification_grant (hospital_id, purpose, created_at_ms, id);
CREATE INDEX verification_grant_assurance ON verification_grant (hospital_id, assurance, created_at_ms, id);
CREATE INDEX verification_grant_patient ON verification_grant (hospital_id, patient_id, created_at_ms, id)
  WHERE patient_id IS NOT NULL;
CREATE INDEX verification_grant_user ON verification_grant (hospital_id, user_id, created_at_ms, id);
CREATE INDEX verification_grant_voided ON verification_grant (hospital_id, created_at_ms, id)
  WHERE voided_at_ms IS NOT NULL;
CREATE INDEX verification_grant_spent ON verification_grant (hospital_id, created_at_ms, id)
  WHERE spent_at_ms IS NOT NULL;
CREATE INDEX verification_grant_spent_on ON verification_grant (hospital_id, spent_on) WHERE spent_on IS NOT NULL;

-- Changes of personal data that were asked often enough and wait for a person.
CREATE INDEX personal_data_change_parked ON personal_data_change (hospital_id, created_at_ms, id)
  WHERE state = 'parked';
CREATE INDEX personal_data_change_newest ON personal_data_change (hospital_id, created_at_ms, id);
CREATE INDEX personal_data_change_state ON personal_data_change (hospital_id, state, created_at_ms, id);
