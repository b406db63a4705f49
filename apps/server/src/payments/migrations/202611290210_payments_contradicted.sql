-- Ends that WeChat contradicted later: nothing follows by itself, and a person has to see them.
CREATE INDEX transfer_order_contradicted ON transfer_order (hospital_id, created_at_ms, id)
  WHERE state IN ('done', 'closed') AND problem = 'contradicted';
CREATE INDEX refund_order_contradicted ON refund_order (hospital_id, created_at_ms, id)
  WHERE state = 'closed' AND problem = 'contradicted';
