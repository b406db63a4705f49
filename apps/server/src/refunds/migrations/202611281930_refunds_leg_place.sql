-- The sums of a case are made in one instant: only their place says in which order.
ALTER TABLE refund_leg ADD COLUMN place integer NOT NULL DEFAULT 1 CHECK (place > 0);
UPDATE refund_leg l SET place = made.place
  FROM (SELECT hospital_id, id, row_number() OVER (PARTITION BY hospital_id, case_id ORDER BY created_at_ms, id) AS place
    FROM refund_leg) made
  WHERE l.hospital_id = made.hospital_id AND l.id = made.id AND made.place > 1;
ALTER TABLE refund_leg ALTER COLUMN place DROP DEFAULT;
DROP INDEX refund_leg_case;
CREATE UNIQUE INDEX refund_leg_case ON refund_leg (hospital_id, case_id, place);
