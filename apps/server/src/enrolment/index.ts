/** （二）建档: bind-card authorisation, application form, branches, archive in the HIS, fallbacks. */
export {}
