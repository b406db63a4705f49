-- What happened in a flow, step by step: what stopped it, with the code that the other side answered and the request in
-- which it happened. The flow itself only knows where it stands.
CREATE TABLE enrolment_step (
  hospital_id text   NOT NULL,
  flow_id     text   NOT NULL,
  id          bigint GENERATED ALWAYS AS IDENTITY,
  state       text   NOT NULL,
  reason      text,
  -- Of the card platform or the HIS; never a text of theirs, which may name a person.
  code        text,
  trace_id    text   NOT NULL,
  at_ms       bigint NOT NULL,
  PRIMARY KEY (hospital_id, flow_id, id),
  FOREIGN KEY (hospital_id, flow_id) REFERENCES enrolment_flow (hospital_id, id)
);
CREATE INDEX enrolment_step_trace ON enrolment_step (hospital_id, trace_id) WHERE trace_id <> '-';
CALL protect_by_hospital('enrolment_step');

-- The operators' list: newest first, by each of its filters.
CREATE INDEX enrolment_flow_newest ON enrolment_flow (hospital_id, created_at_ms, id);
CREATE INDEX enrolment_flow_stage ON enrolment_flow (
  hospital_id, (CASE state WHEN 'done' THEN 'done' WHEN 'ways-on' THEN 'stopped' ELSE 'open' END), created_at_ms, id);
CREATE INDEX enrolment_flow_reason ON enrolment_flow (hospital_id, reason, created_at_ms, id) WHERE reason IS NOT NULL;
CREATE INDEX enrolment_flow_intent ON enrolment_flow (hospital_id, intent, created_at_ms, id);
CREATE INDEX enrolment_flow_patient ON enrolment_flow (hospital_id, patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX enrolment_code_flow ON enrolment_code (hospital_id, flow_id);
-- Bindings that were tried for days and wait for a person.
CREATE INDEX card_binding_parked ON card_binding (hospital_id, patient_id, health_card_id) WHERE state = 'parked';
