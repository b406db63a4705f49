-- Archives that this gateway made for somebody who was not verified: what stands in them (the phone, too) is only what
-- somebody typed. A verified person who links the same archive confirms it.
CREATE TABLE unconfirmed_archive (
  hospital_id   text   NOT NULL,
  patid         text   NOT NULL,
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (hospital_id, patid)
);
CALL protect_by_hospital('unconfirmed_archive');
