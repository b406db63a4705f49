-- The completeness report counts a day's showings; the whole audit log must not be read for it.
CREATE INDEX audit_entry_code_shown ON audit_entry (hospital_id, at_ms) WHERE action = 'card-code.shown';
