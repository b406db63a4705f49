-- Every table that holds a hospital's data has hospital_id first in its keys and a row-level security policy
-- bound to the transaction's zhangyi.hospital. The setting is read with missing_ok: outside of a hospital's
-- transaction it is NULL and no row is visible.
CREATE FUNCTION current_hospital() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('zhangyi.hospital', true);

-- Makes a table belong to hospitals; used by every later migration.
CREATE PROCEDURE protect_by_hospital(table_name regclass)
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('CREATE POLICY by_hospital ON %s USING (hospital_id = current_hospital()) WITH CHECK (hospital_id = current_hospital())', table_name);
END $$;

-- Times are epoch milliseconds from the injected clock, so that a simulation can move them.
CREATE TABLE app_user (
  hospital_id   text   NOT NULL,
  id            text   NOT NULL,
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, id)
);
CALL protect_by_hospital('app_user');

-- A WeChat identity is an openid under one appid. The same person has another openid under another appid.
CREATE TABLE wechat_identity (
  hospital_id   text   NOT NULL,
  appid         text   NOT NULL,
  openid        text   NOT NULL,
  unionid       text,
  user_id       text   NOT NULL,
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, appid, openid),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CREATE INDEX wechat_identity_unionid ON wechat_identity (hospital_id, unionid) WHERE unionid IS NOT NULL;
CALL protect_by_hospital('wechat_identity');

CREATE TABLE session (
  hospital_id   text   NOT NULL,
  token_hash    bytea  NOT NULL,
  user_id       text   NOT NULL,
  appid         text   NOT NULL,
  openid        text   NOT NULL,
  channel       text   NOT NULL CHECK (channel IN ('mini-program', 'official-account')),
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, token_hash),
  FOREIGN KEY (hospital_id, user_id) REFERENCES app_user (hospital_id, id)
);
CALL protect_by_hospital('session');

-- OAuth states: one use, short life, bound to the browser by a cookie whose hash stands here.
CREATE TABLE login_state (
  hospital_id   text   NOT NULL,
  state_hash    bytea  NOT NULL,
  return_path   text   NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, state_hash)
);
CALL protect_by_hospital('login_state');

-- Tokens of the outside platforms, shared by all server processes. Encrypted.
CREATE TABLE platform_token (
  hospital_id   text   NOT NULL,
  token_key     text   NOT NULL,
  token         bytea  NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, token_key)
);
CALL protect_by_hospital('platform_token');

-- Who saw and did what. Append-only: the server's role may not change or delete it.
CREATE TABLE audit_entry (
  hospital_id text   NOT NULL,
  id          bigint GENERATED ALWAYS AS IDENTITY,
  at_ms       bigint NOT NULL,
  actor       text   NOT NULL,
  action      text   NOT NULL,
  subject     text   NOT NULL,
  trace_id    text   NOT NULL,
  detail      jsonb  NOT NULL DEFAULT '{}',
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX audit_entry_subject ON audit_entry (hospital_id, subject, at_ms);
CALL protect_by_hospital('audit_entry');

-- Every outside call: number, masked request and reply, outcome.
CREATE TABLE outside_call (
  hospital_id  text    NOT NULL,
  id           bigint  GENERATED ALWAYS AS IDENTITY,
  started_at_ms bigint NOT NULL,
  duration_ms  integer NOT NULL,
  platform     text    NOT NULL,
  operation    text    NOT NULL,
  request_id   text    NOT NULL,
  trace_id     text    NOT NULL,
  outcome      text    NOT NULL CHECK (outcome IN ('yes', 'no', 'unknown')),
  code         text    NOT NULL,
  request      jsonb   NOT NULL,
  reply        jsonb,
  PRIMARY KEY (hospital_id, id)
);
CREATE INDEX outside_call_trace ON outside_call (hospital_id, trace_id);
CREATE INDEX outside_call_time ON outside_call (hospital_id, started_at_ms);
CALL protect_by_hospital('outside_call');
