-- What an operator has to know of a hospital's refunds, for as long as it is so.
CREATE TABLE refund_alarm (
  hospital_id   text   NOT NULL,
  -- low-funds: the 运营账户 holds less than the hospital's limit, or than the day is expected to need.
  kind          text   NOT NULL CHECK (kind IN ('low-funds')),
  since_ms      bigint NOT NULL,
  -- As of the last look. Null: nobody can name a figure, and WeChat refused for want of funds.
  available_fen bigint,
  needed_fen    bigint NOT NULL,
  looked_at_ms  bigint NOT NULL,
  -- The operator who has it in hand.
  seen_by       text,
  seen_at_ms    bigint,
  PRIMARY KEY (hospital_id, kind),
  CHECK ((seen_by IS NULL) = (seen_at_ms IS NULL))
);
CALL protect_by_hospital('refund_alarm');
