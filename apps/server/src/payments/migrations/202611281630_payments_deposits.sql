-- Recharges that patients paid before, through whatever system, on a merchant number whose key we hold: rows of
-- payment_order with the purpose 'deposits', paid and imported, with nobody of ours behind them.
ALTER TABLE payment_order
  ALTER COLUMN user_id DROP NOT NULL,
  ALTER COLUMN appid   DROP NOT NULL,
  ALTER COLUMN openid  DROP NOT NULL,
  ALTER COLUMN channel DROP NOT NULL,
  -- The merchant that took the money. Null for own orders: their prepay attempt knows it.
  ADD COLUMN mchid text,
  -- What others sent back, before the import or beside us.
  ADD COLUMN refunded_before_fen bigint NOT NULL DEFAULT 0,
  -- The imported file counted every refund until then; null: nobody said until when.
  ADD COLUMN refunded_as_of_ms bigint,
  ADD CHECK (refunded_before_fen BETWEEN 0 AND amount_fen),
  ADD CHECK (purpose = 'deposits'
    OR (user_id IS NOT NULL AND appid IS NOT NULL AND openid IS NOT NULL AND channel IS NOT NULL)),
  ADD CHECK (purpose <> 'deposits' OR (state = 'paid' AND mchid IS NOT NULL));

-- What goes back of a recharge belongs to a refund case, whose own postings hold the amount before.
ALTER TABLE refund_order
  ADD COLUMN case_id text,
  -- 商户退款单号 under which a query found it paid.
  ADD COLUMN paid_number text,
  DROP CONSTRAINT refund_order_state_check,
  -- not-paid: by query CLOSED, too often for another number without a person. refused: for good, and by query no refund
  -- exists. closed: one of these two, and given up.
  ADD CONSTRAINT refund_order_state_check
    CHECK (state IN ('under-way', 'done', 'needs-person', 'not-paid', 'refused', 'closed')),
  ADD CHECK (state NOT IN ('not-paid', 'refused', 'closed') OR case_id IS NOT NULL);

-- Money that goes to a patient's WeChat balance (商家转账): one row a leg, however many numbers it takes.
CREATE TABLE transfer_order (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  purpose       text    NOT NULL,
  -- The asking room's own id of what is paid out, e.g. a leg of a refund case. One transfer a subject.
  subject       text    NOT NULL,
  -- Of the journal: the refund case that it belongs to.
  case_id       text    NOT NULL,
  user_id       text    NOT NULL,
  -- Of the app in which the patient confirms, and the patient's openid there.
  appid         text    NOT NULL,
  openid        text    NOT NULL,
  -- Sealed name of who must be the payee.
  payee         bytea   NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  mchid         text    NOT NULL,
  -- 商户单号, the newest: what WeChat is asked for.
  out_bill_no   text    NOT NULL,
  -- under-way: nobody can say yet. to-confirm: WeChat waits for the patient. not-funded, refused: by query no bill exists
  -- under its number, which stays its number. not-paid: by query FAIL or CANCELLED. done: by query SUCCESS. closed: given
  -- up after one of those three. needs-person: what WeChat says does not fit.
  state         text    NOT NULL CHECK (state IN
    ('under-way', 'to-confirm', 'not-funded', 'refused', 'not-paid', 'done', 'closed', 'needs-person')),
  -- What a query said last of the newest number, and WeChat's reason for FAIL.
  wechat_state  text,
  fail_reason   text,
  -- Why a person has to look, or why WeChat refused.
  problem       text,
  -- Sealed; opens the confirm page. Queries do not repeat it: only ever replaced by a newer one.
  package_info  bytea,
  package_at_ms bigint,
  transfer_bill_no text,
  -- The patient or a clerk wants it back; sent when there is a bill to cancel.
  cancel_wished_at_ms bigint,
  created_at_ms bigint  NOT NULL,
  -- First sending of the newest number: WeChat's 24 hours begin about then.
  sent_at_ms    bigint,
  done_at_ms    bigint,
  looks         integer NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state = 'done') = (done_at_ms IS NOT NULL)),
  CHECK (state NOT IN ('under-way', 'to-confirm') OR next_action_at_ms IS NOT NULL),
  CHECK (state NOT IN ('done', 'closed') OR next_action_at_ms IS NULL)
);
CREATE UNIQUE INDEX transfer_order_subject ON transfer_order (hospital_id, purpose, subject);
CREATE INDEX transfer_order_due ON transfer_order (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX transfer_order_open ON transfer_order (hospital_id, state, created_at_ms)
  WHERE state NOT IN ('done', 'closed');
CALL protect_by_hospital('transfer_order');

ALTER TABLE payment_attempt
  ALTER COLUMN payment_order_id DROP NOT NULL,
  ADD COLUMN transfer_id text,
  -- Some sending may have been accepted although its answer was lost: then only a found number says what became of it.
  ADD COLUMN doubtful boolean NOT NULL DEFAULT false,
  -- The client's class of the last answer.
  ADD COLUMN last_class text,
  ADD FOREIGN KEY (hospital_id, transfer_id) REFERENCES transfer_order (hospital_id, id),
  DROP CONSTRAINT payment_attempt_endpoint_check,
  DROP CONSTRAINT payment_attempt_check,
  ADD CONSTRAINT payment_attempt_endpoint_check CHECK (endpoint IN ('jsapi-prepay', 'jsapi-close', 'refund-create',
    'refund-abnormal', 'transfer-create', 'transfer-cancel', 'receipt-ask')),
  ADD CONSTRAINT payment_attempt_owner_check CHECK (
    CASE WHEN endpoint IN ('transfer-create', 'transfer-cancel', 'receipt-ask')
      THEN transfer_id IS NOT NULL AND payment_order_id IS NULL AND refund_id IS NULL
      ELSE transfer_id IS NULL AND payment_order_id IS NOT NULL
        AND (refund_id IS NOT NULL) = (endpoint IN ('refund-create', 'refund-abnormal'))
    END);
-- Which request under its number: an ABNORMAL refund may be sent to one card and then to another, and a number under which
-- by query nothing exists may be asked for again with other bytes. All others are the first and the only one.
ALTER TABLE payment_attempt ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
DROP INDEX payment_attempt_number;
CREATE UNIQUE INDEX payment_attempt_number ON payment_attempt (hospital_id, endpoint, number, version);
DROP INDEX payment_attempt_live_refund;
-- One live attempt a refund. One that succeeded or went abnormal counts as live for ever: nothing may follow it. NOT_FOUND
-- is written only of one that was refused for good.
CREATE UNIQUE INDEX payment_attempt_live_refund ON payment_attempt (hospital_id, refund_id)
  WHERE endpoint = 'refund-create' AND (queried_state IS NULL OR queried_state NOT IN ('CLOSED', 'NOT_FOUND'));
-- One live attempt a transfer, by the same rule.
CREATE UNIQUE INDEX payment_attempt_live_transfer ON payment_attempt (hospital_id, transfer_id)
  WHERE endpoint = 'transfer-create' AND (queried_state IS NULL OR queried_state NOT IN ('FAIL', 'CANCELLED', 'NOT_FOUND'));
CREATE INDEX payment_attempt_transfer ON payment_attempt (hospital_id, transfer_id) WHERE transfer_id IS NOT NULL;

-- Money of the merchant's operation account (运营账户) that is promised to somebody: never the same fen to two patients.
CREATE TABLE fund_reservation (
  hospital_id   text    NOT NULL,
  purpose       text    NOT NULL,
  subject       text    NOT NULL,
  mchid         text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  reserved_at_ms bigint NOT NULL,
  -- When it became known that WeChat holds the money for this transfer: a balance read later leaves it out already.
  locked_at_ms  bigint,
  -- spent: paid out. freed: nothing will be paid out of it.
  state         text    NOT NULL CHECK (state IN ('held', 'spent', 'freed')),
  ended_at_ms   bigint,
  PRIMARY KEY (hospital_id, purpose, subject),
  CHECK ((state = 'held') = (ended_at_ms IS NULL))
);
CREATE INDEX fund_reservation_held ON fund_reservation (hospital_id, mchid) INCLUDE (amount_fen, locked_at_ms)
  WHERE state = 'held';
CREATE INDEX fund_reservation_spent ON fund_reservation (hospital_id, mchid, ended_at_ms) INCLUDE (amount_fen)
  WHERE state = 'spent';
CALL protect_by_hospital('fund_reservation');

-- What is known of a merchant's operation account. One row a merchant: who reserves holds it.
CREATE TABLE fund_account (
  hospital_id   text    NOT NULL,
  mchid         text    NOT NULL,
  -- The last figure, where from (api: WeChat's balance. statement: a fund-flow bill. operator: typed in), and of when.
  balance_fen   bigint,
  source        text    CHECK (source IN ('api', 'statement', 'operator')),
  as_of_ms      bigint,
  -- WeChat's balance does not answer this merchant before then.
  api_closed_until_ms bigint,
  -- WeChat last said NOT_ENOUGH; a top-up or a transfer that is taken makes it null.
  dry_since_ms  bigint,
  PRIMARY KEY (hospital_id, mchid),
  CHECK ((balance_fen IS NULL) = (source IS NULL) AND (source IS NULL) = (as_of_ms IS NULL))
);
CALL protect_by_hospital('fund_account');

-- Money that was paid into the operation account, as somebody noted it: counts until a figure of a later time holds it.
CREATE TABLE fund_top_up (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  mchid         text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  at_ms         bigint  NOT NULL,
  noted_by      text    NOT NULL,
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX fund_top_up_time ON fund_top_up (hospital_id, mchid, at_ms) INCLUDE (amount_fen);
CALL protect_by_hospital('fund_top_up');

-- 总开关: while it stands, no first sending of any payout of this hospital leaves; what was sent is still asked for.
CREATE TABLE payout_stop (
  hospital_id   text    NOT NULL PRIMARY KEY,
  since_ms      bigint  NOT NULL,
  stopped_by    text    NOT NULL,
  reason        text    NOT NULL
);
CALL protect_by_hospital('payout_stop');

-- 电子回单 of paid transfers.
CREATE TABLE transfer_receipt (
  hospital_id   text    NOT NULL,
  transfer_id   text    NOT NULL,
  out_bill_no   text    NOT NULL,
  state         text    NOT NULL CHECK (state IN ('to-ask', 'asked', 'kept', 'failed')),
  problem       text,
  hash_type     text,
  hash_value    text,
  -- Sealed: the payee's name stands in it.
  file          bytea,
  kept_at_ms    bigint,
  looks         integer NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, transfer_id),
  CHECK ((state = 'kept') = (file IS NOT NULL)),
  CHECK ((state IN ('to-ask', 'asked')) = (next_action_at_ms IS NOT NULL))
);
CREATE INDEX transfer_receipt_due ON transfer_receipt (hospital_id, next_action_at_ms)
  WHERE next_action_at_ms IS NOT NULL;
CALL protect_by_hospital('transfer_receipt');
