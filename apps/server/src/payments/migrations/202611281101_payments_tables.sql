-- One payment that a patient may make: what for, how much, until when, and what WeChat said of it.
CREATE TABLE payment_order (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  -- The room that asked, and its own id of what is paid for.
  purpose       text    NOT NULL,
  subject       text    NOT NULL,
  user_id       text    NOT NULL,
  appid         text    NOT NULL,
  openid        text    NOT NULL,
  channel       text    NOT NULL CHECK (channel IN ('mini-program', 'official-account')),
  description   text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  -- 商户订单号.
  out_trade_no  text    NOT NULL,
  -- awaiting: may still be paid. paid, closed: said by a query or a verified callback; ends, which never change.
  state         text    NOT NULL CHECK (state IN ('awaiting', 'paid', 'closed')),
  -- Why a person has to look: what WeChat says does not fit this order, or contradicts its end.
  problem       text,
  created_at_ms bigint  NOT NULL,
  expires_at_ms bigint  NOT NULL,
  -- Given up before its time: no longer opened, and closed at WeChat.
  close_wished_at_ms bigint,
  prepay_id     text,
  prepaid_at_ms bigint,
  transaction_id text,
  paid_at_ms    bigint,
  settled_at_ms bigint,
  -- Looks since something last happened, for the back-off; and how many of the last ones found nothing at WeChat.
  looks         integer NOT NULL,
  missed_looks  integer NOT NULL,
  -- Also the lease: who takes a row moves it ahead.
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  CHECK ((state = 'paid') = (transaction_id IS NOT NULL AND paid_at_ms IS NOT NULL)),
  CHECK ((state = 'awaiting') = (settled_at_ms IS NULL)),
  CHECK ((state = 'awaiting' AND problem IS NULL) = (next_action_at_ms IS NOT NULL))
);
CREATE UNIQUE INDEX payment_order_number ON payment_order (hospital_id, out_trade_no);
-- One live order for one thing: nobody pays for it twice.
CREATE UNIQUE INDEX payment_order_live ON payment_order (hospital_id, purpose, subject) WHERE state = 'awaiting';
CREATE INDEX payment_order_due ON payment_order (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX payment_order_problem ON payment_order (hospital_id, created_at_ms) WHERE problem IS NOT NULL;
CALL protect_by_hospital('payment_order');

-- Money that goes back by the way it came (原路退款). Its attempts stand in payment_attempt.
CREATE TABLE refund_order (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  payment_order_id text NOT NULL,
  -- The asking room's key: asked twice, refunded once.
  request_key   text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  reason        text    NOT NULL,
  state         text    NOT NULL CHECK (state IN ('under-way', 'done', 'needs-person')),
  problem       text,
  -- Whither WeChat pays it, in its words.
  account       text,
  created_at_ms bigint  NOT NULL,
  done_at_ms    bigint,
  looks         integer NOT NULL,
  -- Null: done, or a person was told and looking on would tell nothing new.
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, payment_order_id) REFERENCES payment_order (hospital_id, id),
  CHECK ((state = 'done') = (done_at_ms IS NOT NULL)),
  CHECK (state <> 'under-way' OR next_action_at_ms IS NOT NULL),
  CHECK (state <> 'done' OR next_action_at_ms IS NULL)
);
CREATE UNIQUE INDEX refund_order_request ON refund_order (hospital_id, payment_order_id, request_key);
CREATE INDEX refund_order_due ON refund_order (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX refund_order_person ON refund_order (hospital_id, created_at_ms) WHERE state = 'needs-person';
CALL protect_by_hospital('refund_order');

-- A call to WeChat that changes something: its exact bytes stand here before it is sent, and are sent again after an
-- unknown. The order or refund it belongs to carries next_action_at_ms and so is its lease. Never deleted.
CREATE TABLE payment_attempt (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  payment_order_id text NOT NULL,
  refund_id     text,
  endpoint      text    NOT NULL CHECK (endpoint IN ('jsapi-prepay', 'jsapi-close', 'refund-create')),
  -- A number is the merchant's: asked for in another's name, "not found" would say nothing.
  mchid         text    NOT NULL,
  -- out_trade_no or out_refund_no.
  number        text    NOT NULL,
  -- Sealed JSON of the prepared request.
  request       bytea   NOT NULL,
  sendings      integer NOT NULL,
  -- asked: being sent. yes: accepted, which is not yet paid, closed or refunded. no: refused for good at its first sending.
  state         text    NOT NULL CHECK (state IN ('stored', 'asked', 'yes', 'no', 'unknown')),
  last_problem  text,
  -- WeChat's Request-ID of the last answer; its support asks for it.
  request_id    text,
  -- What a query said last of the number: PROCESSING, SUCCESS, CLOSED, ABNORMAL. Refunds only.
  queried_state text,
  -- The attempt that this one replaces, by query CLOSED.
  replaces      text,
  created_at_ms bigint  NOT NULL,
  sent_at_ms    bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, payment_order_id) REFERENCES payment_order (hospital_id, id),
  FOREIGN KEY (hospital_id, refund_id) REFERENCES refund_order (hospital_id, id),
  FOREIGN KEY (hospital_id, replaces) REFERENCES payment_attempt (hospital_id, id),
  CHECK ((refund_id IS NOT NULL) = (endpoint = 'refund-create')),
  CHECK ((state = 'stored') = (sendings = 0))
);
CREATE UNIQUE INDEX payment_attempt_number ON payment_attempt (hospital_id, endpoint, number);
-- One live attempt a refund. One that succeeded or went abnormal counts as live for ever: nothing may follow it.
CREATE UNIQUE INDEX payment_attempt_live_refund ON payment_attempt (hospital_id, refund_id)
  WHERE refund_id IS NOT NULL AND queried_state IS DISTINCT FROM 'CLOSED';
CREATE UNIQUE INDEX payment_attempt_replaces ON payment_attempt (hospital_id, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX payment_attempt_order ON payment_attempt (hospital_id, payment_order_id);
CALL protect_by_hospital('payment_attempt');

-- Callbacks of WeChat, verified and opened. A hint for refunds, whose query decides; as good as a query for payments.
CREATE TABLE payment_notice (
  hospital_id   text    NOT NULL,
  -- Of the envelope: the same on every resending.
  id            text    NOT NULL,
  event_type    text    NOT NULL,
  number        text    NOT NULL,
  number_state  text    NOT NULL,
  -- Sealed JSON of what the callback said.
  body          bytea   NOT NULL,
  -- stored: to be worked. worked. foreign: about a number that is not ours, or of a kind that we do not know.
  state         text    NOT NULL CHECK (state IN ('stored', 'worked', 'foreign')),
  looks         integer NOT NULL,
  received_at_ms bigint NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state = 'stored') = (next_action_at_ms IS NOT NULL))
);
CREATE UNIQUE INDEX payment_notice_once ON payment_notice (hospital_id, event_type, number, number_state);
CREATE INDEX payment_notice_due ON payment_notice (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CALL protect_by_hospital('payment_notice');

-- The double-entry journal. Append-only: the server's role may not change or delete it.
CREATE TABLE journal_entry (
  hospital_id   text    NOT NULL,
  -- One fact, one posting: a fact told twice is one row.
  posting       text    NOT NULL,
  line          integer NOT NULL,
  case_id       text    NOT NULL,
  account       text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen <> 0),
  at_ms         bigint  NOT NULL,
  PRIMARY KEY (hospital_id, posting, line)
);
CREATE INDEX journal_entry_case ON journal_entry (hospital_id, case_id);
CREATE INDEX journal_entry_account ON journal_entry (hospital_id, account, at_ms);
CALL protect_by_hospital('journal_entry');

-- The second line behind postJournal: no commit with a posting that is not balanced.
CREATE FUNCTION refuse_unbalanced_posting() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_fen) FROM journal_entry WHERE hospital_id = NEW.hospital_id AND posting = NEW.posting) <> 0 THEN
    RAISE EXCEPTION 'posting % is not balanced', NEW.posting;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entry_balanced AFTER INSERT ON journal_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_posting();
