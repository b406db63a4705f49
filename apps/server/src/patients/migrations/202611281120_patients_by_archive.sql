-- Other systems of the hospital name a patient by the archive when they tell of a use of the card.
CREATE INDEX patient_archive ON patient (hospital_id, patid) WHERE unlinked_at_ms IS NULL;
