import type { Cipher } from '../../platform/crypto/cipher.ts'

/** Keyed and bound to the code's own row: who reads the database cannot find the six digits by trying. */
export function codeIndex(cipher: Cipher, codeId: string, code: string): Buffer {
  return cipher.blindIndex(`${codeId}|${code}`, 'verification.code')
}
