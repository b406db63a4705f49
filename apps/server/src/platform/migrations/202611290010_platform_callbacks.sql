-- What the platforms told us without being asked, and what became of it. Rooms keep what they work on in tables of their
-- own; here stands, for who looks for it, that it came: also what was refused, and what came twice. Holds no personal data.
CREATE TABLE callback (
  hospital_id   text   NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY,
  received_at_ms bigint NOT NULL,
  platform      text   NOT NULL,
  -- As the platform calls it; empty where nobody may believe what it says.
  kind          text   NOT NULL,
  signature     text   NOT NULL CHECK (signature IN ('good', 'bad', 'none')),
  -- Ours or theirs, whatever it is about; empty when it is not known.
  number        text   NOT NULL,
  -- By which its room tells what became of it; empty when nothing more will.
  key           text   NOT NULL,
  outcome       text   NOT NULL CHECK (outcome IN ('stored', 'handled', 'duplicate', 'foreign', 'ignored', 'refused')),
  -- Why it was refused.
  code          text   NOT NULL,
  trace_id      text   NOT NULL,
  facts         jsonb  NOT NULL,
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX callback_time ON callback (hospital_id, received_at_ms, id);
CREATE INDEX callback_platform ON callback (hospital_id, platform, id);
CREATE INDEX callback_trouble ON callback (hospital_id, id) WHERE outcome IN ('refused', 'foreign');
CREATE INDEX callback_number ON callback (hospital_id, number, id) WHERE number <> '';
CREATE INDEX callback_trace ON callback (hospital_id, trace_id);
CREATE INDEX callback_open ON callback (hospital_id, platform, key) WHERE outcome = 'stored';
CALL protect_by_hospital('callback');
