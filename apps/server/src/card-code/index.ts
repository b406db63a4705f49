/** （四）展码: verify, then show the card code; fallback. */
export {}
