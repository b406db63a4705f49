-- A campaign of the notices room whose targets come from the balance ledger: which balances, and how far they are
-- gathered, a page at a time.
CREATE TABLE refund_campaign (
  hospital_id   text    NOT NULL,
  -- The campaign's in the notices room.
  id            text    NOT NULL,
  min_fen       bigint  NOT NULL CHECK (min_fen > 0),
  -- Only balances from before this day. Null: of any age, also of an unknown one.
  since_before  date,
  -- Also those who were told before.
  again         boolean NOT NULL,
  state         text    NOT NULL CHECK (state IN ('gathering', 'gathered')),
  -- The last archive that was looked at, how many were, and how many of them became targets.
  after_patid   text    NOT NULL,
  looked_at     integer NOT NULL,
  gathered      integer NOT NULL,
  looks         integer NOT NULL,
  created_at_ms bigint  NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state = 'gathering') = (next_action_at_ms IS NOT NULL))
);
CREATE INDEX refund_campaign_due ON refund_campaign (hospital_id, next_action_at_ms)
  WHERE next_action_at_ms IS NOT NULL;
CALL protect_by_hospital('refund_campaign');
