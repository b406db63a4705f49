const TRACE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A fresh random id with a readable prefix, e.g. `flow_0f3c…` (128 random bits). */
export function newId(prefix: string): string {
  return `${prefix}_${globalThis.crypto.randomUUID().replaceAll('-', '')}`
}

/** 32 upper-case hex digits, the form in which Tencent's own SDK sends `requestId`. */
export function newRequestId(): string {
  return globalThis.crypto.randomUUID().replaceAll('-', '').toUpperCase()
}

/** A number that a patient can read out on the phone, e.g. `ZY-7F3K-29QX`; no letters that look like digits. */
export function newTraceId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(8))
  const text = Array.from(bytes, (byte) => TRACE_ALPHABET[byte % TRACE_ALPHABET.length]).join('')
  return `ZY-${text.slice(0, 4)}-${text.slice(4)}`
}

declare const hospitalBrand: unique symbol
/** Our own id of a hospital, first in every key. Strict, because it is also set as a database variable. */
export type HospitalId = string & { readonly [hospitalBrand]: true }

const HOSPITAL_ID = /^[a-z0-9][a-z0-9-]{0,39}$/

export function hospitalId(text: string): HospitalId {
  if (!HOSPITAL_ID.test(text)) throw new Error('hospital id must be 1–40 of a–z, 0–9 and "-"')
  return text as HospitalId
}
