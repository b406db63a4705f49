import type { Cipher } from '../platform/crypto/cipher.ts'

/** For whom and what a key holds. */
export interface KeyScope {
  readonly hospitalId: string
  readonly userId: string
  readonly patientId: string
  /** The archive: a patient may be linked with another one later. */
  readonly patid: string
  readonly kind: string
}

/**
 * The HIS's report number as an address may carry it: sealed, and bound to hospital, user, patient, archive and kind, so that it
 * is neither read nor guessed nor used by or for anybody else.
 */
export function sealRecordKey(cipher: Cipher, scope: KeyScope, reportId: string): string {
  return cipher.seal(reportId, contextOf(scope)).toString('base64url')
}

/** The report number; undefined for a key that was guessed, altered, or made for another scope. */
export function openRecordKey(cipher: Cipher, scope: KeyScope, key: string): string | undefined {
  if (!/^[\w-]+$/.test(key)) return undefined
  try {
    return cipher.open(Buffer.from(key, 'base64url'), contextOf(scope)).reveal()
  } catch {
    return undefined
  }
}

function contextOf({ hospitalId, userId, patientId, patid, kind }: KeyScope): string {
  return JSON.stringify(['records.key', hospitalId, userId, patientId, patid, kind])
}
