/** An id as we make them: a word and 32 hex digits. */
const OWN_ID = /^[a-z]{2,12}_[0-9a-f]{32}$/

/**
 * An id that a client sent and that led nowhere, for the audit. Anything but the form of our own ids could be a document
 * number that somebody put there, and is not written down.
 */
export function ownIdOrNot(id: string): string {
  return OWN_ID.test(id) ? id : 'no-id-of-ours'
}
