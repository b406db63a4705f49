-- The day in whose caps a sum counts: that of the application, of another try, or of the last reissue.
ALTER TABLE refund_leg ADD COLUMN counted_at_ms bigint;
UPDATE refund_leg AS l SET counted_at_ms = greatest(l.created_at_ms, (SELECT max(s.at_ms) FROM refund_step AS s
  WHERE s.hospital_id = l.hospital_id AND s.leg_id = l.id AND s.happening IN ('funded', 'reissued')));
ALTER TABLE refund_leg ALTER COLUMN counted_at_ms SET NOT NULL;
CREATE INDEX refund_leg_counted ON refund_leg (hospital_id, counted_at_ms);
