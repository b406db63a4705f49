import { normaliseName, parseResidentId, type Sensitive, sensitive } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { GrantSubject } from '../grants/grant.ts'

/** Whose face it has to be. A holder of a resident ID card: face verification knows no other document. */
export interface FacePerson {
  readonly name: Sensitive
  readonly idNumber: Sensitive
}

/**
 * The blind index of a person by name *and* number, under a purpose of its own: one who knows only the number of
 * somebody else finds no grant. A number of 15 digits and its form of 18 are the same person's.
 */
export function facePersonIndex(cipher: Cipher, { name, idNumber }: FacePerson): Buffer {
  const whole = `${normaliseName(name.reveal()).toUpperCase()}|${normalNumber(idNumber.reveal())}`
  return cipher.blindIndex(whole, 'face-person')
}

/** The subject under which a face check's grant stands, and under which `consumeGrant` finds it. */
export function faceSubject(cipher: Cipher, person: FacePerson): GrantSubject {
  return { kind: 'person', personIndex: facePersonIndex(cipher, person) }
}

// Any future day: whether somebody is born already is not asked here.
const NO_DAY_YET = '9999-12-31'

function normalNumber(text: string): string {
  const parsed = parseResidentId(text, NO_DAY_YET)
  return parsed.ok ? parsed.value.number : text.replace(/\s/g, '').toUpperCase()
}

const CONTEXT = 'face_check.person'

export function sealPerson(cipher: Cipher, { name, idNumber }: FacePerson): Buffer {
  return cipher.seal(JSON.stringify({ name: name.reveal(), idCard: idNumber.reveal() }), CONTEXT)
}

export function openPerson(cipher: Cipher, sealed: Buffer): FacePerson {
  const { name, idCard } = JSON.parse(cipher.open(sealed, CONTEXT).reveal()) as Record<string, string>
  return { name: sensitive(name ?? ''), idNumber: sensitive(idCard ?? '') }
}
