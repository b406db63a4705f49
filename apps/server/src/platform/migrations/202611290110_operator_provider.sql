-- Who came through the hospital's own sign-in: the passwords of this console, and their age, are none of its business.
ALTER TABLE operator_session ADD COLUMN by_provider boolean NOT NULL DEFAULT false;
