import { existsSync, readFileSync, realpathSync } from 'node:fs'
import type { Cipher } from '../crypto/cipher.ts'
import { isSealed, sealSecret } from './sealed-secret.ts'
import { writeSecretFile } from './write-secret-file.ts'

/**
 * Puts a key sealed in the place of another, which is kept beside it, sealed too: it may be wanted back. Where that is;
 * undefined where there was none. A key is there at every moment.
 */
export function replaceSecretFile(
  cipher: Pick<Cipher, 'seal'>,
  file: string,
  secret: string,
): string | undefined {
  const target = existsSync(file) ? realpathSync(file) : file
  const former = existsSync(target) ? readFileSync(target, 'utf8').trim() : ''
  const previous = former === '' ? undefined : `${target}.previous`
  if (previous !== undefined)
    writeSecretFile(previous, isSealed(former) ? former : sealSecret(cipher, former))
  writeSecretFile(target, sealSecret(cipher, secret))
  return previous
}
