-- One thing that a patient is told, by whichever channel takes it.
CREATE TABLE notice (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  -- The asking room's own: the same key is one notice, however often it is asked for.
  notice_key    text    NOT NULL,
  kind          text    NOT NULL,
  -- Of a campaign: held back at night and while it is paused.
  campaign_id   text,
  user_id       text    NOT NULL,
  -- Groups the messages of one refund at 就医助手.
  journey       text    NOT NULL,
  -- Sealed JSON: name, card number, amounts, page.
  content       bytea   NOT NULL,
  -- queued: waits for a channel. sending: a channel was asked and nobody can say yet. accepted: WeChat took it.
  -- delivered, failed: as WeChat told later. unknown: never told, and never sent by another channel.
  -- unreachable: every channel refused this person.
  state         text    NOT NULL CHECK (state IN
    ('queued', 'sending', 'accepted', 'delivered', 'failed', 'unknown', 'unreachable')),
  channel       text,
  -- Channel and code of what went wrong last.
  problem       text,
  tries         integer NOT NULL,
  created_at_ms bigint  NOT NULL,
  accepted_at_ms bigint,
  settled_at_ms bigint,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state IN ('queued', 'sending')) = (next_action_at_ms IS NOT NULL))
);
CREATE UNIQUE INDEX notice_key_once ON notice (hospital_id, notice_key);
CREATE INDEX notice_due ON notice (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CREATE INDEX notice_of_campaign ON notice (hospital_id, campaign_id) WHERE campaign_id IS NOT NULL;
CALL protect_by_hospital('notice');

-- What one channel was asked, with its exact bytes, and what it answered.
CREATE TABLE notice_sending (
  hospital_id   text    NOT NULL,
  notice_id     text    NOT NULL,
  channel       text    NOT NULL CHECK (channel IN ('assistant', 'template', 'subscribe')),
  appid         text    NOT NULL,
  -- Sealed JSON: operation, path, body. Null: refused before anything was sent.
  request       bytea,
  -- asked: being sent, or the process died meanwhile.
  state         text    NOT NULL CHECK (state IN ('asked', 'yes', 'no', 'unknown')),
  -- Some sending may have been accepted although its answer was lost: a later refusal says nothing then.
  doubtful      boolean NOT NULL,
  sendings      integer NOT NULL,
  -- WeChat's errcode, or why nothing was sent.
  code          text,
  -- WeChat's number of the message; the event that tells of its delivery names it.
  msg_id        text,
  -- A refusal that says "later": not before.
  retry_at_ms   bigint,
  first_sent_at_ms bigint,
  sent_at_ms    bigint,
  PRIMARY KEY (hospital_id, notice_id, channel),
  FOREIGN KEY (hospital_id, notice_id) REFERENCES notice (hospital_id, id),
  CHECK ((request IS NULL) = (sendings = 0)),
  CHECK (request IS NOT NULL OR state = 'no')
);
CREATE INDEX notice_sending_msg ON notice_sending (hospital_id, msg_id) WHERE msg_id IS NOT NULL;
CALL protect_by_hospital('notice_sending');

-- Events TEMPLATESENDJOBFINISH, verified and opened. They may come before our own answer is stored.
CREATE TABLE notice_event (
  hospital_id   text    NOT NULL,
  -- The same for every repetition; a hash.
  id            text    NOT NULL,
  msg_id        text    NOT NULL,
  told          text    NOT NULL CHECK (told IN ('delivered', 'blocked', 'failed')),
  -- foreign: of a message that is not ours.
  state         text    NOT NULL CHECK (state IN ('stored', 'worked', 'foreign')),
  looks         integer NOT NULL,
  received_at_ms bigint NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state = 'stored') = (next_action_at_ms IS NOT NULL))
);
CREATE INDEX notice_event_due ON notice_event (hospital_id, next_action_at_ms) WHERE next_action_at_ms IS NOT NULL;
CALL protect_by_hospital('notice_event');

-- Patients with an old balance are told of it, a few a minute.
CREATE TABLE notice_campaign (
  hospital_id   text    NOT NULL,
  id            text    NOT NULL,
  name          text    NOT NULL,
  state         text    NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'done')),
  -- Why it paused by itself.
  problem       text,
  created_by    text    NOT NULL,
  created_at_ms bigint  NOT NULL,
  started_at_ms bigint,
  done_at_ms    bigint,
  looks         integer NOT NULL,
  next_action_at_ms bigint,
  PRIMARY KEY (hospital_id, id),
  CHECK ((state = 'running') = (next_action_at_ms IS NOT NULL)),
  CHECK ((state = 'done') = (done_at_ms IS NOT NULL))
);
CREATE INDEX notice_campaign_due ON notice_campaign (hospital_id, next_action_at_ms)
  WHERE next_action_at_ms IS NOT NULL;
CALL protect_by_hospital('notice_campaign');

CREATE TABLE campaign_target (
  hospital_id   text    NOT NULL,
  campaign_id   text    NOT NULL,
  -- The asking room's own key of the person: nobody is a target twice.
  person        text    NOT NULL,
  -- Null: no user of ours, so that no channel of WeChat leads there.
  user_id       text,
  -- Sealed JSON: name, card number, balance, phone, page.
  content       bytea   NOT NULL,
  -- waiting: not told yet. queued: handed to its notice, whose state counts from then on. unreachable: no user.
  state         text    NOT NULL CHECK (state IN ('waiting', 'queued', 'unreachable')),
  notice_id     text,
  added_at_ms   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, campaign_id, person),
  FOREIGN KEY (hospital_id, campaign_id) REFERENCES notice_campaign (hospital_id, id),
  FOREIGN KEY (hospital_id, notice_id) REFERENCES notice (hospital_id, id),
  CHECK ((state = 'queued') = (notice_id IS NOT NULL))
);
CREATE INDEX campaign_target_waiting ON campaign_target (hospital_id, campaign_id, person) WHERE state = 'waiting';
CALL protect_by_hospital('campaign_target');
