-- The openids of a user, for whoever sends a message and for the operators.
CREATE INDEX wechat_identity_user ON wechat_identity (hospital_id, user_id);
