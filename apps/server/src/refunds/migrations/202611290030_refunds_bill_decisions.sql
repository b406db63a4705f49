-- What a clerk read in the fund-flow bills about a transfer that WeChat answers no queries of any more; above the amount
-- that wants a second person it is asked for by one and carried out by another.
CREATE TABLE bill_decision (
  hospital_id   text    NOT NULL,
  leg_id        text    NOT NULL,
  id            text    NOT NULL,
  paid          boolean NOT NULL,
  -- The bills that were looked through; paid: the one, and its line.
  bill_from     date    NOT NULL,
  bill_to       date    NOT NULL,
  bill_line     integer CHECK (bill_line > 0),
  reason        text    NOT NULL,
  asked_by      text    NOT NULL,
  asked_at_ms   bigint  NOT NULL,
  state         text    NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  decided_by    text,
  decided_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, leg_id) REFERENCES refund_leg (hospital_id, id),
  CHECK (bill_from <= bill_to),
  CHECK (paid = (bill_line IS NOT NULL)),
  CHECK (NOT paid OR bill_from = bill_to),
  CHECK ((state = 'waiting') = (decided_by IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at_ms IS NULL)),
  CHECK (decided_by IS DISTINCT FROM asked_by)
);
CREATE UNIQUE INDEX bill_decision_waiting ON bill_decision (hospital_id, leg_id) WHERE state = 'waiting';
CREATE INDEX bill_decision_leg ON bill_decision (hospital_id, leg_id, asked_at_ms);
CALL protect_by_hospital('bill_decision');
