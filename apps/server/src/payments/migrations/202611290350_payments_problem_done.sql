-- What WeChat says does not fit an order, or contradicts its end: a person dealt with it, and it waits for nobody. Another
-- such answer takes this away again; what was said stays in `problem`.
ALTER TABLE payment_order ADD COLUMN problem_done_at_ms bigint,
  ADD CHECK (problem IS NOT NULL OR problem_done_at_ms IS NULL);
DROP INDEX payment_order_problem;
CREATE INDEX payment_order_problem ON payment_order (hospital_id, purpose, created_at_ms)
  WHERE problem IS NOT NULL AND problem_done_at_ms IS NULL;
