-- Blind indexes for the operators' search: never the value itself, and none of it in an address.
ALTER TABLE patient
  ADD COLUMN name_index bytea,
  ADD COLUMN phone_index bytea,
  ADD COLUMN visit_card_index bytea;
CREATE INDEX patient_name ON patient (hospital_id, name_index, created_at_ms, id) WHERE name_index IS NOT NULL;
CREATE INDEX patient_phone ON patient (hospital_id, phone_index, created_at_ms, id) WHERE phone_index IS NOT NULL;
CREATE INDEX patient_visit_card ON patient (hospital_id, visit_card_index, created_at_ms, id)
  WHERE visit_card_index IS NOT NULL;
CREATE INDEX patient_person ON patient (hospital_id, person_index, created_at_ms, id);
CREATE INDEX patient_newest ON patient (hospital_id, created_at_ms, id);
-- Unlinked ones too: somebody asks about them.
CREATE INDEX patient_archive_all ON patient (hospital_id, patid, created_at_ms, id);
CREATE INDEX patient_health_card ON patient (hospital_id, health_card_id) WHERE health_card_id IS NOT NULL;
CREATE INDEX patient_unverified ON patient (hospital_id, created_at_ms, id)
  WHERE NOT verified AND unlinked_at_ms IS NULL;
CREATE INDEX patient_unlinked ON patient (hospital_id, created_at_ms, id) WHERE unlinked_at_ms IS NOT NULL;
CREATE INDEX patient_user ON patient (hospital_id, user_id, created_at_ms, id);

-- Whom the platform never verifies, for want of a resident ID card, waits for an operator; the others confirm their
-- archive themselves. Refused: an operator looked, and it stays unconfirmed.
ALTER TABLE unconfirmed_archive
  ADD COLUMN needs_operator boolean NOT NULL DEFAULT false,
  ADD COLUMN refused_at_ms bigint,
  ADD COLUMN refused_by text,
  ADD CHECK ((refused_at_ms IS NULL) = (refused_by IS NULL));
UPDATE unconfirmed_archive SET needs_operator = true
WHERE EXISTS (SELECT FROM patient WHERE patient.hospital_id = unconfirmed_archive.hospital_id
  AND patient.patid = unconfirmed_archive.patid AND patient.unlinked_at_ms IS NULL AND patient.id_type <> '01');
CREATE INDEX unconfirmed_archive_waiting ON unconfirmed_archive (hospital_id, created_at_ms, patid)
  WHERE needs_operator AND refused_at_ms IS NULL;
CREATE INDEX unconfirmed_archive_own ON unconfirmed_archive (hospital_id, created_at_ms, patid)
  WHERE NOT needs_operator AND refused_at_ms IS NULL;
CREATE INDEX unconfirmed_archive_refused ON unconfirmed_archive (hospital_id, created_at_ms, patid)
  WHERE refused_at_ms IS NOT NULL;
