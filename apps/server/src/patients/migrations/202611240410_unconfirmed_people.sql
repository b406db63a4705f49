-- An archive is being made in the HIS for somebody unverified: stands before the HIS is asked. Where the reply is lost,
-- the number of the archive is not known, and still nobody takes what stands in it for confirmed.
CREATE TABLE unconfirmed_person (
  hospital_id   text   NOT NULL,
  person_index  bytea  NOT NULL,
  -- The flow that asked: a refusal by the HIS takes back this one only.
  request_key   text   NOT NULL,
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, person_index, request_key)
);
CALL protect_by_hospital('unconfirmed_person');
