-- A voucher pays one sum, whichever desk it is told at: 窗口付讫 of a refund, or an application on paper.
CREATE TABLE refund_voucher (
  hospital_id   text    NOT NULL,
  how           text    NOT NULL CHECK (how IN ('window', 'bank-transfer')),
  voucher       text    NOT NULL,
  -- The leg or the application that it pays.
  pays          text    NOT NULL,
  PRIMARY KEY (hospital_id, how, voucher)
);
CALL protect_by_hospital('refund_voucher');

INSERT INTO refund_voucher
  SELECT hospital_id, CASE how WHEN 'cash' THEN 'window' ELSE how END, voucher, leg_id
  FROM window_payment WHERE state <> 'refused'
  ON CONFLICT DO NOTHING;
INSERT INTO refund_voucher
  SELECT hospital_id, payout_how, payout_voucher, id
  FROM offline_application WHERE payout_voucher IS NOT NULL
  ON CONFLICT DO NOTHING;

DROP INDEX window_payment_voucher;
-- Of two desks from before, one voucher may stand at both; within each it was told once. Now only searched for.
DROP INDEX offline_application_voucher;
CREATE INDEX offline_application_voucher ON offline_application (hospital_id, payout_how, payout_voucher)
  WHERE payout_voucher IS NOT NULL;
