-- The lists of the ledger, the largest balance first: each walks an index of its own from where the last page ended, by one
-- comparison of (-balance_fen, patid).
DROP INDEX balance_record_open;
DROP INDEX balance_record_to_clean;
CREATE INDEX balance_record_all ON balance_record (hospital_id, (-balance_fen), patid);
CREATE INDEX balance_record_open ON balance_record (hospital_id, (-balance_fen), patid) WHERE cleared_at_ms IS NULL;
CREATE INDEX balance_record_untold ON balance_record (hospital_id, (-balance_fen), patid)
  WHERE cleared_at_ms IS NULL AND told_at_ms IS NULL;
CREATE INDEX balance_record_told ON balance_record (hospital_id, (-balance_fen), patid)
  WHERE cleared_at_ms IS NULL AND told_at_ms IS NOT NULL;
CREATE INDEX balance_record_refunded ON balance_record (hospital_id, (-balance_fen), patid) WHERE refunded_fen > 0;
CREATE INDEX balance_record_cleared ON balance_record (hospital_id, (-balance_fen), patid)
  WHERE cleared_at_ms IS NOT NULL;
CREATE INDEX balance_record_to_clean ON balance_record (hospital_id, (-balance_fen), patid)
  WHERE cleared_at_ms IS NULL AND problems <> '{}';
-- For the progress by day.
CREATE INDEX balance_record_first_told ON balance_record (hospital_id, first_told_at_ms)
  WHERE first_told_at_ms IS NOT NULL;
CREATE INDEX balance_record_cleared_at ON balance_record (hospital_id, cleared_at_ms) WHERE cleared_at_ms IS NOT NULL;
