/** （一）接入前准备: what must be opened where, the component application e-mail, readiness. */
export {}
