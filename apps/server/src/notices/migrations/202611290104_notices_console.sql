-- The operators' list: newest first, by each of its filters; state and channel are counted by day from the index alone.
CREATE INDEX notice_newest ON notice (hospital_id, created_at_ms, id) INCLUDE (state, channel);
CREATE INDEX notice_state ON notice (hospital_id, state, created_at_ms, id);
CREATE INDEX notice_kind ON notice (hospital_id, kind, created_at_ms, id);
CREATE INDEX notice_channel ON notice (hospital_id, channel, created_at_ms, id);
CREATE INDEX notice_user ON notice (hospital_id, user_id, created_at_ms, id);
CREATE INDEX notice_journey ON notice (hospital_id, journey, created_at_ms, id);
CREATE INDEX notice_event_msg ON notice_event (hospital_id, msg_id);
