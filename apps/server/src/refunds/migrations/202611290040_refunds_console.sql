-- Under what a case is found at the counter: the patient's document and visit card, as keyed blind indexes. Null: the
-- archive has none.
ALTER TABLE refund_case ADD COLUMN id_index bytea, ADD COLUMN card_index bytea;
CREATE INDEX refund_case_id_number ON refund_case (hospital_id, id_index, created_at_ms) WHERE id_index IS NOT NULL;
CREATE INDEX refund_case_card ON refund_case (hospital_id, card_index, created_at_ms) WHERE card_index IS NOT NULL;

-- The list of all cases, newest first; by way; and by how a sum ended. What has no end yet has refund_leg_open.
DROP INDEX refund_case_day;
CREATE INDEX refund_case_day ON refund_case (hospital_id, created_at_ms, id);
CREATE INDEX refund_case_way ON refund_case (hospital_id, way, created_at_ms, id);
CREATE INDEX refund_leg_ended ON refund_leg (hospital_id, state, created_at_ms, case_id)
  WHERE state IN ('paid', 'released', 'refused', 'lapsed');
-- What was refunded of one recharge.
CREATE INDEX refund_leg_recharge ON refund_leg (hospital_id, payment_order_id) WHERE payment_order_id IS NOT NULL;

CREATE INDEX reissue_request_leg ON reissue_request (hospital_id, leg_id, asked_at_ms);
-- Why the second person agreed or did not.
ALTER TABLE reissue_request ADD COLUMN decided_why text;
