-- 窗口付讫: a sum that WeChat did not pay and the HIS cannot take back was handed over at the window, by two people.
CREATE TABLE window_payment (
  hospital_id   text    NOT NULL,
  leg_id        text    NOT NULL,
  id            text    NOT NULL,
  how           text    NOT NULL CHECK (how IN ('cash', 'bank-transfer')),
  -- The number of the receipt at the window, or of the bank.
  voucher       text    NOT NULL,
  paid_on       date    NOT NULL,
  reason        text    NOT NULL,
  asked_by      text    NOT NULL,
  asked_at_ms   bigint  NOT NULL,
  state         text    NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  decided_by    text,
  decided_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, leg_id) REFERENCES refund_leg (hospital_id, id),
  CHECK ((state = 'waiting') = (decided_by IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at_ms IS NULL)),
  CHECK (decided_by IS DISTINCT FROM asked_by)
);
CREATE UNIQUE INDEX window_payment_waiting ON window_payment (hospital_id, leg_id) WHERE state = 'waiting';
-- A sum is paid once, and a voucher pays one sum.
CREATE UNIQUE INDEX window_payment_done ON window_payment (hospital_id, leg_id) WHERE state = 'done';
CREATE UNIQUE INDEX window_payment_voucher ON window_payment (hospital_id, how, voucher) WHERE state <> 'refused';
CREATE INDEX window_payment_leg ON window_payment (hospital_id, leg_id, asked_at_ms);
CALL protect_by_hospital('window_payment');

-- With it the legs have another end.
ALTER TABLE refund_leg
  DROP CONSTRAINT refund_leg_state_check,
  DROP CONSTRAINT refund_leg_check1,
  ADD CONSTRAINT refund_leg_state_check CHECK (state IN ('no-funds', 'holding', 'paying', 'one-sided', 'confirming',
    'releasing', 'paid', 'settled-at-window', 'released', 'refused', 'lapsed')),
  ADD CONSTRAINT refund_leg_ends CHECK (state NOT IN ('paid', 'settled-at-window', 'released', 'refused', 'lapsed')
    OR next_action_at_ms IS NULL);
DROP INDEX refund_leg_open;
DROP INDEX refund_leg_ended;
CREATE INDEX refund_leg_open ON refund_leg (hospital_id, state, changed_at_ms, id)
  WHERE state NOT IN ('paid', 'settled-at-window', 'released', 'refused', 'lapsed');
CREATE INDEX refund_leg_ended ON refund_leg (hospital_id, state, created_at_ms, case_id)
  WHERE state IN ('paid', 'settled-at-window', 'released', 'refused', 'lapsed');
