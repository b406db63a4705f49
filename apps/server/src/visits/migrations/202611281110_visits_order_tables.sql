-- 挂缴查: one booking, registration or payment of bills, from its beginning to its end. The row stands before the HIS is
-- asked for anything; its id makes every request key, so that asking again never acts twice. Never deleted.
CREATE TABLE visit_order (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  kind          text    NOT NULL CHECK (kind IN ('appointment', 'same-day', 'outpatient-fee')),
  -- The words of order-states.ts.
  state         text    NOT NULL CHECK (state IN (
    'locking', 'to-pay', 'closing', 'unlocking', 'closed',
    'paid', 'posting', 'done', 'refunding', 'refunded',
    'cancelling', 'cancel-refunding', 'cancelled')),
  -- Who asked, and through which app: a payment and a use of the card are told with it.
  user_id       text    NOT NULL,
  appid         text    NOT NULL,
  openid        text    NOT NULL,
  channel       text    NOT NULL,
  patient_id    text    NOT NULL,
  patid         text    NOT NULL,
  -- Of a booking.
  slot_id       text,
  lock_id       text,
  lock_expires_at_ms bigint,
  fee_fen       bigint  NOT NULL CHECK (fee_fen >= 0),
  -- Sealed: department, doctor, items. What somebody is treated for can be read off them.
  content       bytea   NOT NULL,
  -- Until then it can be paid; none before the slot is kept.
  expires_at_ms bigint,
  payment_order_id text,
  -- Sealed: the very question that books or posts, and when it was asked.
  question      bytea,
  asked_at_ms   bigint,
  -- Sealed: the appointment or posting as the HIS answered it; its number, by which records are recognised.
  answer        bytea,
  his_number    text,
  -- When the success of the HIS was stored: stays, whatever comes after.
  succeeded_at_ms bigint,
  -- How often the patient asked to cancel: a new key only after the HIS said no to the one before.
  cancels       integer NOT NULL DEFAULT 0,
  -- How often the step that the order is in was tried.
  tries         integer NOT NULL DEFAULT 0,
  last_problem  text,
  created_at_ms bigint  NOT NULL,
  changed_at_ms bigint  NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES patient (hospital_id, id),
  CHECK ((kind = 'outpatient-fee') = (slot_id IS NULL)),
  -- A refund under way is the payments room's to drive; every other unfinished order has its next look.
  CHECK ((state IN ('closed', 'done', 'refunding', 'refunded', 'cancel-refunding', 'cancelled'))
    = (next_action_at_ms IS NULL)),
  CHECK (state NOT IN ('posting', 'done', 'cancelling', 'cancel-refunding', 'cancelled')
    OR (question IS NOT NULL AND asked_at_ms IS NOT NULL)),
  CHECK (state NOT IN ('done', 'cancelling', 'cancel-refunding', 'cancelled')
    OR (answer IS NOT NULL AND his_number IS NOT NULL AND succeeded_at_ms IS NOT NULL))
);
-- No double booking: for an archive and not for a patient, because two users may hold the same one.
CREATE UNIQUE INDEX visit_order_live_slot ON visit_order (hospital_id, slot_id, patid)
  WHERE state IN ('locking', 'to-pay', 'closing', 'unlocking', 'paid', 'posting') AND slot_id IS NOT NULL;
CREATE INDEX visit_order_due ON visit_order (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX visit_order_user ON visit_order (hospital_id, user_id, patient_id, created_at_ms);
CREATE INDEX visit_order_number ON visit_order (hospital_id, his_number) WHERE his_number IS NOT NULL;
CREATE INDEX visit_order_succeeded ON visit_order (hospital_id, succeeded_at_ms) WHERE succeeded_at_ms IS NOT NULL;
CALL protect_by_hospital('visit_order');

-- A bill belongs to one live order, whoever made it; the claim goes when the order ends.
CREATE TABLE visit_bill_claim (
  hospital_id text NOT NULL,
  patid       text NOT NULL,
  bill_id     text NOT NULL,
  order_id    text NOT NULL,
  PRIMARY KEY (hospital_id, patid, bill_id),
  FOREIGN KEY (hospital_id, order_id) REFERENCES visit_order (hospital_id, id)
);
CREATE INDEX visit_bill_claim_order ON visit_bill_claim (hospital_id, order_id);
CALL protect_by_hospital('visit_bill_claim');

-- One look at records that the HIS answered, an empty list included: what uses of the card are counted against.
CREATE TABLE visit_query (
  hospital_id text   NOT NULL,
  id          text   NOT NULL,
  act         text   NOT NULL CHECK (act IN ('list-registrations', 'list-pending-fees', 'list-paid-fees')),
  user_id     text   NOT NULL,
  patient_id  text   NOT NULL,
  at_ms       bigint NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CREATE INDEX visit_query_at ON visit_query (hospital_id, at_ms);
CALL protect_by_hospital('visit_query');
