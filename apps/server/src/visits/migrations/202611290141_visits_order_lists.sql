-- What an operator looks for, newest first: all orders, and those of a kind and state.
CREATE INDEX visit_order_made ON visit_order (hospital_id, created_at_ms, id);
CREATE INDEX visit_order_kind_state ON visit_order (hospital_id, kind, state, created_at_ms, id);
