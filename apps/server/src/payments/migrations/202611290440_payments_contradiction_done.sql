-- What WeChat said against an end, all of it, and when a person said that it was dealt with: then it waits for nobody.
-- Something else that WeChat says against it takes the mark away again; what was said stays.
ALTER TABLE transfer_order ADD COLUMN contradiction text, ADD COLUMN problem_done_at_ms bigint,
  ADD CHECK (contradiction IS NOT NULL OR problem_done_at_ms IS NULL);
ALTER TABLE refund_order ADD COLUMN contradiction text, ADD COLUMN problem_done_at_ms bigint,
  ADD CHECK (contradiction IS NOT NULL OR problem_done_at_ms IS NULL);
-- Which number and what was said of it, only the audit of those days knows.
UPDATE transfer_order SET contradiction = problem WHERE state IN ('done', 'closed') AND problem = 'contradicted';
UPDATE refund_order SET contradiction = problem WHERE state = 'closed' AND problem = 'contradicted';

DROP INDEX transfer_order_contradicted;
CREATE INDEX transfer_order_contradicted ON transfer_order (hospital_id, created_at_ms, id)
  WHERE state IN ('done', 'closed') AND contradiction IS NOT NULL AND problem_done_at_ms IS NULL;
DROP INDEX refund_order_contradicted;
CREATE INDEX refund_order_contradicted ON refund_order (hospital_id, created_at_ms, id)
  WHERE state IN ('done', 'closed') AND contradiction IS NOT NULL AND problem_done_at_ms IS NULL;
