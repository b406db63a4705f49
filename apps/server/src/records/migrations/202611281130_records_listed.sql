-- The completeness report counts a day's lists; the whole audit log must not be read for it.
CREATE INDEX audit_entry_listed ON audit_entry (hospital_id, at_ms) WHERE action = 'records.listed';
