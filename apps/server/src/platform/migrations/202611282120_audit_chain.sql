-- The audit as a chain: each link holds the SHA-256 over the one before it and over its entry, so that what was changed,
-- removed or put in later is found. docs/guides/audit.md says how a hash is made.
--
-- Writing an entry takes no lock: entries of transactions that overlap become visible in any order, and none can know what
-- stands before it. A background work links them, in the order in which it finds them.
CREATE TABLE audit_link (
  hospital_id text   NOT NULL,
  -- 1, 2, 3 … without a gap.
  place       bigint NOT NULL CHECK (place > 0),
  entry_id    bigint NOT NULL,
  hash        bytea  NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (hospital_id, place)
);
CREATE UNIQUE INDEX audit_link_entry ON audit_link (hospital_id, entry_id);
CALL protect_by_hospital('audit_link');

-- Where the beginning of a chain was removed after its time: what the first link that is left goes on from.
CREATE TABLE audit_anchor (
  hospital_id   text   NOT NULL,
  place         bigint NOT NULL CHECK (place > 0),
  hash          bytea  NOT NULL CHECK (octet_length(hash) = 32),
  removed_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, place)
);
CALL protect_by_hospital('audit_anchor');

-- What is committed and not linked yet. A list and no mark "linked up to here": an id that is given out before others can
-- be committed after them, at any time later, and numbers of transactions do not outlive a restored backup.
CREATE TABLE audit_unlinked (
  hospital_id text   NOT NULL,
  entry_id    bigint NOT NULL,
  PRIMARY KEY (hospital_id, entry_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
CALL protect_by_hospital('audit_unlinked');

-- For each row: nearly all entries are written one by one, and a table of what a statement added costs each of them more.
CREATE FUNCTION note_unlinked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unlinked VALUES (NEW.hospital_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_unlinked AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION note_unlinked();
-- After the trigger: its lock has waited for whoever was writing, and nobody writes before this is committed.
INSERT INTO audit_unlinked SELECT hospital_id, id FROM audit_entry;

-- The server's role has no right to change these; this is against the owner's slips. Whoever means it has to say so, and
-- nobody changes what was written.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' AND current_setting('zhangyi.audit_removal', true) = 'deliberate' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the audit is only added to: % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_link_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_anchor_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Removes the beginning of the chain up to a place and keeps the hash that stood there. The only way for the server's role.
-- Three years are asked of the database's own clock, the one place where SQL does so: a server whose clock was moved must
-- not be able to remove what is still to be kept. Returns how many entries it removed.
CREATE FUNCTION audit_remove_beginning(wanted_hospital text, through_place bigint, through_hash bytea, removed_at bigint)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp
  SET zhangyi.audit_removal = 'deliberate' AS $$
DECLARE
  -- Three years, one of them a leap year.
  kept_ms CONSTANT bigint := 1096::bigint * 86400000;
  before_place bigint;
  ids bigint[];
  found_entries bigint;
  newest_ms bigint;
BEGIN
  IF wanted_hospital IS DISTINCT FROM current_hospital() THEN
    RAISE EXCEPTION 'the audit of another hospital' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('audit-chain:' || wanted_hospital, 0));
  SELECT coalesce(max(place), 0) INTO before_place FROM audit_anchor WHERE hospital_id = wanted_hospital;
  PERFORM FROM audit_link WHERE hospital_id = wanted_hospital AND place = through_place AND hash = through_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no link of this hash at place %', through_place;
  END IF;
  ids := ARRAY(SELECT entry_id FROM audit_link WHERE hospital_id = wanted_hospital AND place <= through_place);
  SELECT count(*), max(at_ms) INTO found_entries, newest_ms
    FROM audit_entry WHERE hospital_id = wanted_hospital AND id = ANY (ids);
  IF cardinality(ids) <> through_place - before_place OR found_entries <> cardinality(ids) THEN
    RAISE EXCEPTION 'the chain has a gap before place %: it is evidence and stays', through_place;
  END IF;
  IF newest_ms >= extract(epoch FROM clock_timestamp()) * 1000 - kept_ms THEN
    RAISE EXCEPTION 'entries before place % are still to be kept', through_place USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit_anchor VALUES (wanted_hospital, through_place, through_hash, removed_at);
  DELETE FROM audit_entry WHERE hospital_id = wanted_hospital AND id = ANY (ids);
  DELETE FROM audit_link WHERE hospital_id = wanted_hospital AND place <= through_place;
  RETURN found_entries;
END $$;
REVOKE EXECUTE ON FUNCTION audit_remove_beginning FROM PUBLIC;

-- Looked up by time, and by each of these within it, newest first. Actions are compared byte by byte: what begins alike
-- then stands together, whatever the language of the database is.
DROP INDEX audit_entry_subject;
CREATE INDEX audit_entry_time ON audit_entry (hospital_id, at_ms, id);
CREATE INDEX audit_entry_subject ON audit_entry (hospital_id, subject, at_ms, id);
CREATE INDEX audit_entry_trace ON audit_entry (hospital_id, trace_id, at_ms, id);
CREATE INDEX audit_entry_action ON audit_entry (hospital_id, action COLLATE "C", at_ms, id);
CREATE INDEX audit_entry_actor ON audit_entry (hospital_id, actor, action COLLATE "C", at_ms, id);
