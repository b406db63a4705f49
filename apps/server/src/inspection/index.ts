/** （七）后续配合: synthetic checks, call log, reporting health. */
export {}
