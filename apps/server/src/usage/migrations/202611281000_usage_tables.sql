-- （三）用卡数据. One row for each success of the HIS that may be a use of the card, from the moment it happened to its
-- end; the row of a delivered event is also the log of its call. By day, so that a year of events costs the day at
-- hand nothing, and old days go as whole tables.
CREATE TABLE usage_event (
  hospital_id       text     NOT NULL,
  -- The Shanghai day on which it happened: the day it is counted on.
  day               date     NOT NULL,
  id                bigint   GENERATED ALWAYS AS IDENTITY,
  -- `app`, or the system that pushed it.
  source            text     NOT NULL,
  scene             text     NOT NULL,
  occurred_at_ms    bigint   NOT NULL,
  -- At or after 23:00: reported in real time and counted apart.
  after_cutoff      boolean  NOT NULL,
  user_id           text,
  patient_id        text,
  department_id     text,
  department_name   text,
  -- What is sent, sealed, whole: a repetition sends the same. Absent where nothing can be sent.
  content           bytea,
  state             text     NOT NULL CHECK (state IN ('pending', 'delivered', 'parked', 'no-card', 'merged')),
  next_action_at_ms bigint,
  -- Sendings whose outcome nobody knows: each may have been counted by the platform.
  unknowns          smallint NOT NULL DEFAULT 0,
  refusals          smallint NOT NULL DEFAULT 0,
  attempts          smallint NOT NULL DEFAULT 0,
  first_refused_at_ms bigint,
  -- The last sending: when, how long, under which request number.
  sent_at_ms        bigint,
  took_ms           integer,
  request_id        text,
  -- The last answer: 0, the platform's code, or why there is none.
  code              text,
  reason            text,
  late              boolean  NOT NULL DEFAULT false,
  PRIMARY KEY (hospital_id, day, id),
  CHECK ((next_action_at_ms IS NOT NULL) = (state = 'pending')),
  CHECK (content IS NOT NULL OR state IN ('no-card', 'merged', 'parked'))
) PARTITION BY RANGE (day);
-- Only what is not finished, in the order in which it is due. The day is the same in all of it: it is there because
-- without statistics, as a day is in its first minutes, the planner would otherwise look for due events through the
-- primary key, and read the whole day.
CREATE INDEX usage_event_due ON usage_event (hospital_id, day, next_action_at_ms, id) WHERE next_action_at_ms IS NOT NULL;
-- What a person has to look at; both are few.
CREATE INDEX usage_event_parked ON usage_event (hospital_id, id) WHERE state = 'parked';
CALL protect_by_hospital('usage_event');

-- Days are tables of a schema in which the server's role may do nothing: it reaches them through usage_event only, and
-- row-level security with it.
CREATE SCHEMA usage_days;
-- For a day whose table is not there yet. What happened is kept, whatever a clock says.
CREATE TABLE usage_days.other PARTITION OF usage_event DEFAULT WITH (fillfactor = 70);

-- The server may add a day and drop old ones, and nothing else of the schema. Whoever writes events waits for neither
-- longer than some seconds: what did not get its lock is tried again half an hour later.
CREATE FUNCTION usage_add_day(wanted date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  name text := 'd' || to_char(wanted, 'YYYYMMDD');
BEGIN
  PERFORM pg_advisory_xact_lock(7431002);
  IF to_regclass('usage_days.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  -- They would have to be moved; they are as good where they are.
  IF EXISTS (SELECT FROM usage_days.other WHERE day = wanted) THEN
    RETURN false;
  END IF;
  -- Attached, not made in place: so that nobody who writes to another day has to wait.
  EXECUTE format('CREATE TABLE usage_days.%I (LIKE usage_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (fillfactor = 70)', name);
  EXECUTE format('ALTER TABLE usage_event ATTACH PARTITION usage_days.%I FOR VALUES FROM (%L) TO (%L)', name, wanted, wanted + 1);
  RETURN true;
END $$;

-- A day is dropped only when nothing of it waits to be sent.
CREATE FUNCTION usage_drop_days(before date) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  one record;
  open_event boolean;
  dropped integer := 0;
BEGIN
  -- By the real time, whatever clock the caller goes by.
  IF before > current_date - 7 THEN
    RETURN 0;
  END IF;
  PERFORM pg_advisory_xact_lock(7431002);
  FOR one IN
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'usage_days' AND c.relname ~ '^d\d{8}$' AND to_date(substr(c.relname, 2), 'YYYYMMDD') < before
    ORDER BY c.relname
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM usage_days.%I WHERE next_action_at_ms IS NOT NULL)', one.name) INTO open_event;
    IF NOT open_event THEN
      EXECUTE format('DROP TABLE usage_days.%I', one.name);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  DELETE FROM usage_days.other WHERE day < before AND next_action_at_ms IS NULL;
  RETURN dropped;
END $$;
-- `migrate` grants it to the server's role.
REVOKE EXECUTE ON FUNCTION usage_add_day(date), usage_drop_days(date) FROM PUBLIC;

-- What was told before under which key. Not partitioned, because a unique key of a partitioned table holds the day in
-- it, and a repetition after midnight would be another one. Hashes: keys of other systems can be document numbers.
CREATE TABLE usage_key (
  hospital_id  text  NOT NULL,
  key_hash     bytea NOT NULL,
  content_hash bytea NOT NULL,
  day          date  NOT NULL,
  PRIMARY KEY (hospital_id, key_hash)
);
CREATE INDEX usage_key_day ON usage_key USING brin (day);
CALL protect_by_hospital('usage_key');

-- When a user last asked a question that counted.
CREATE TABLE usage_recent (
  hospital_id text   NOT NULL,
  user_id     text   NOT NULL,
  patient_id  text   NOT NULL,
  scene       text   NOT NULL,
  at_ms       bigint NOT NULL,
  PRIMARY KEY (hospital_id, user_id, patient_id, scene)
);
CALL protect_by_hospital('usage_recent');

-- HIS department → the platform's code. Without a code: seen, and waiting for one.
CREATE TABLE usage_department (
  hospital_id   text   NOT NULL,
  department_id text   NOT NULL,
  name          text   NOT NULL,
  code          text,
  seen_at_ms    bigint NOT NULL,
  PRIMARY KEY (hospital_id, department_id)
);
CALL protect_by_hospital('usage_department');

-- Events on the wire, a row for a batch: stored before the first of them is sent, gone with the transaction that stores
-- their answers. A row that outlives its lease was left by a process that died, and nobody knows what became of its events.
CREATE TABLE usage_flight (
  hospital_id    text     NOT NULL,
  id             bigint   NOT NULL,
  day            date     NOT NULL,
  event_ids      bigint[] NOT NULL,
  sent_at_ms     bigint   NOT NULL,
  lease_until_ms bigint   NOT NULL,
  PRIMARY KEY (hospital_id, id)
);
CALL protect_by_hospital('usage_flight');

-- One gate a hospital, for all server processes: its rate, and whether the platform takes anything at the moment.
CREATE TABLE usage_gate (
  hospital_id     text             NOT NULL PRIMARY KEY,
  free_at_ms      double precision NOT NULL DEFAULT 0,
  failures        integer          NOT NULL DEFAULT 0,
  open_until_ms   bigint,
  last_yes_at_ms  bigint,
  last_problem    text,
  last_problem_at_ms bigint
) WITH (fillfactor = 20);
CALL protect_by_hospital('usage_gate');

-- The platform console's own numbers, entered or imported by an operator.
CREATE TABLE usage_platform_count (
  hospital_id   text    NOT NULL,
  day           date    NOT NULL,
  scene         text    NOT NULL,
  count         integer NOT NULL CHECK (count >= 0),
  entered_by    text    NOT NULL,
  entered_at_ms bigint  NOT NULL,
  PRIMARY KEY (hospital_id, day, scene)
);
CALL protect_by_hospital('usage_platform_count');

-- What was found missing at 21:00 and 22:30.
CREATE TABLE usage_alarm (
  hospital_id text    NOT NULL,
  day         date    NOT NULL,
  at_time     text    NOT NULL,
  raised_at_ms bigint NOT NULL,
  pending     integer NOT NULL,
  parked      integer NOT NULL,
  unmapped    integer NOT NULL,
  missing     integer NOT NULL,
  seen_by     text,
  seen_at_ms  bigint,
  PRIMARY KEY (hospital_id, day, at_time)
);
CALL protect_by_hospital('usage_alarm');
