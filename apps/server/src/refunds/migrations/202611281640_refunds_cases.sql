-- One application of one patient: who gets how much of which archive's balance, by which of the two ways.
CREATE TABLE refund_case (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  -- original: recharges go back the way they came. face: the balance, after face verification, as a transfer.
  way           text    NOT NULL CHECK (way IN ('original', 'face')),
  user_id       text    NOT NULL,
  -- Where the patient is: the openid that confirms a transfer.
  appid         text    NOT NULL,
  openid        text    NOT NULL,
  channel       text    NOT NULL CHECK (channel IN ('mini-program', 'official-account')),
  patid         text    NOT NULL,
  -- Sealed JSON: name and card number, for the payee, pages and notices.
  person        bytea   NOT NULL,
  -- By name and ID number. Only of the face way: the other checks nobody.
  person_index  bytea,
  -- Made by the page: the same application sent twice is one case.
  request_key   text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  -- Of the whole archive when it was applied for.
  balance_fen   bigint  NOT NULL,
  -- Until then, without funds, it may be tried again without another face check.
  retry_until_ms bigint,
  -- closed: every leg has come to its end.
  state         text    NOT NULL CHECK (state IN ('open', 'closed')),
  created_at_ms bigint  NOT NULL,
  closed_at_ms  bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  CHECK ((state = 'closed') = (closed_at_ms IS NOT NULL))
);
CREATE UNIQUE INDEX refund_case_request ON refund_case (hospital_id, user_id, request_key);
-- One live application for a balance: nobody asks twice for the same money.
CREATE UNIQUE INDEX refund_case_live ON refund_case (hospital_id, patid) WHERE way = 'face' AND state = 'open';
CREATE INDEX refund_case_user ON refund_case (hospital_id, user_id, created_at_ms);
CREATE INDEX refund_case_day ON refund_case (hospital_id, created_at_ms);
CREATE INDEX refund_case_person ON refund_case (hospital_id, person_index) WHERE person_index IS NOT NULL;
CALL protect_by_hospital('refund_case');

-- One sum that goes one way: held in the HIS, paid, and confirmed or given back.
CREATE TABLE refund_leg (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  case_id       text    NOT NULL,
  route         text    NOT NULL CHECK (route IN ('original', 'transfer')),
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  -- The recharge that it comes out of; null: the balance as a whole.
  payment_order_id text,
  recharge_id   text,
  -- hold: two steps, held and confirmed or released. deduct: taken out before the payment.
  his_mode      text    NOT NULL CHECK (his_mode IN ('hold', 'deduct')),
  state         text    NOT NULL CHECK (state IN ('no-funds', 'holding', 'paying', 'one-sided', 'confirming',
    'releasing', 'paid', 'released', 'refused', 'lapsed')),
  -- The hold's; its request keys are made from it. A sum that was given back is held anew under another.
  round         integer NOT NULL,
  -- The HIS's own number of the hold or deduction of this round.
  his_number    text,
  -- Of the payments room: the transfer or the refund.
  payout_id     text,
  -- The number under which it was paid, and when, as queried.
  payout_number text,
  paid_at_ms    bigint,
  -- Why it was not paid, in WeChat's or the HIS's code.
  fail          text,
  -- What follows a release: retry: it may be tried again; end: nothing.
  after_release text    CHECK (after_release IN ('retry', 'end')),
  -- One-sided since; reminders sent; since when a clerk has to act.
  one_sided_at_ms bigint,
  reminded      integer NOT NULL,
  task_at_ms    bigint,
  -- Turned away without funds, and told since that there are some.
  told_funded_at_ms bigint,
  steps         integer NOT NULL,
  tries         integer NOT NULL,
  last_problem  text,
  created_at_ms bigint  NOT NULL,
  changed_at_ms bigint  NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, case_id) REFERENCES refund_case (hospital_id, id),
  CHECK ((route = 'original') = (payment_order_id IS NOT NULL)),
  CHECK (state NOT IN ('paid', 'released', 'refused', 'lapsed') OR next_action_at_ms IS NULL),
  CHECK (state NOT IN ('no-funds', 'holding', 'confirming', 'releasing') OR next_action_at_ms IS NOT NULL),
  CHECK (state NOT IN ('paying', 'confirming', 'paid') OR payout_id IS NOT NULL),
  CHECK (state NOT IN ('confirming', 'paid') OR (payout_number IS NOT NULL AND paid_at_ms IS NOT NULL))
);
CREATE INDEX refund_leg_case ON refund_leg (hospital_id, case_id);
CREATE UNIQUE INDEX refund_leg_payout ON refund_leg (hospital_id, payout_id) WHERE payout_id IS NOT NULL;
CREATE INDEX refund_leg_due ON refund_leg (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
-- What has no end yet, for people: by state, oldest first.
CREATE INDEX refund_leg_open ON refund_leg (hospital_id, state, changed_at_ms, id)
  WHERE state NOT IN ('paid', 'released', 'refused', 'lapsed');
CALL protect_by_hospital('refund_leg');

-- What happened to a leg, one row a change. Append-only: the server's role may not change or delete it.
CREATE TABLE refund_step (
  hospital_id   text    NOT NULL,
  leg_id        text    NOT NULL,
  step          integer NOT NULL,
  at_ms         bigint  NOT NULL,
  happening     text    NOT NULL,
  state         text    NOT NULL,
  -- Why, in a code; never personal data.
  detail        text,
  -- Who did it, where a person did: user:… or operator:….
  actor         text,
  PRIMARY KEY (hospital_id, leg_id, step),
  FOREIGN KEY (hospital_id, leg_id) REFERENCES refund_leg (hospital_id, id)
);
CALL protect_by_hospital('refund_step');

-- 生成新订单号退款 above the amount that wants a second person: asked for by one, carried out by another.
CREATE TABLE reissue_request (
  hospital_id   text    NOT NULL,
  leg_id        text    NOT NULL,
  id            text    NOT NULL,
  asked_by      text    NOT NULL,
  reason        text    NOT NULL,
  asked_at_ms   bigint  NOT NULL,
  state         text    NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  decided_by    text,
  decided_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, leg_id) REFERENCES refund_leg (hospital_id, id),
  CHECK ((state = 'waiting') = (decided_by IS NULL)),
  CHECK (decided_by IS DISTINCT FROM asked_by)
);
CREATE UNIQUE INDEX reissue_request_waiting ON reissue_request (hospital_id, leg_id) WHERE state = 'waiting';
CALL protect_by_hospital('reissue_request');
