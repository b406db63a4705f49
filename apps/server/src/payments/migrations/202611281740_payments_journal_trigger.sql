-- A posting is written by one statement: it is judged there, once, and not row by row at the commit.
DROP TRIGGER journal_entry_balanced ON journal_entry;
DROP FUNCTION refuse_unbalanced_posting;
CREATE FUNCTION refuse_unbalanced_posting() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  unbalanced text;
BEGIN
  SELECT posting INTO unbalanced FROM added GROUP BY hospital_id, posting HAVING sum(amount_fen) <> 0 LIMIT 1;
  IF unbalanced IS NOT NULL THEN
    RAISE EXCEPTION 'posting % is not balanced', unbalanced;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entry_balanced AFTER INSERT ON journal_entry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_posting();
