-- One verification, one result; and the lookup by verification needs no scan.
CREATE UNIQUE INDEX verification_result_one ON verification_result (hospital_id, verification_id);
-- A passed verification forgives its own tries.
CREATE INDEX verification_attempt_verification ON verification_attempt (hospital_id, verification_id);
-- Messages are counted for the person: unlinked and linked again, or held by several users, it has one phone.
-- Codes from before this column stand for their own link only.
ALTER TABLE verification_code ADD COLUMN person_index bytea;
CREATE INDEX verification_code_person ON verification_code (hospital_id, person_index, created_at_ms);
DROP INDEX verification_code_patient;
