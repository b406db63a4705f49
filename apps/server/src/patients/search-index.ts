import { normaliseName, type Sensitive } from '@zhangyi/core'
import type { Cipher } from '../platform/crypto/cipher.ts'

// Blind indexes by which an operator finds somebody. Each writes its value in one way, so that what was typed otherwise
// is found as well.

export function nameIndex(cipher: Cipher, name: Sensitive): Buffer {
  return cipher.blindIndex(normaliseName(name.reveal()), 'patient-name')
}

export function phoneIndex(cipher: Cipher, phone: Sensitive): Buffer {
  return cipher.blindIndex(phone.reveal().replace(/[\s-]/g, ''), 'patient-phone')
}

export function visitCardIndex(cipher: Cipher, number: Sensitive): Buffer {
  return cipher.blindIndex(number.reveal().replace(/\s/g, '').toUpperCase(), 'patient-visit-card')
}
