-- Campaigns, the newest first.
CREATE INDEX notice_campaign_time ON notice_campaign (hospital_id, created_at_ms DESC, id DESC);
