import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import type { Cipher } from '../crypto/cipher.ts'
import { isSealed, sealSecret } from './sealed-secret.ts'
import { writeSecretFile } from './write-secret-file.ts'

interface Parts {
  readonly cipher: Pick<Cipher, 'seal'>
  /** Since when what is read is in use. */
  readonly startedAtMs: number
}

/**
 * Puts a key sealed in the place of another, which is kept beside it, sealed too: it may be wanted back. Where that is;
 * undefined where there was none. A key is there at every moment.
 */
export function replaceSecretFile(
  file: string,
  secret: string,
  { cipher, startedAtMs }: Parts,
): string | undefined {
  const target = existsSync(file) ? realpathSync(file) : file
  const previous = `${target}.previous`
  const former = existsSync(target) ? readFileSync(target, 'utf8').trim() : ''
  const wasUsed = former !== '' && statSync(target).mtimeMs <= startedAtMs
  // Replaced a second time before the restart, what is there was never used: the one that works is kept.
  if (wasUsed || (former !== '' && !existsSync(previous)))
    writeSecretFile(previous, isSealed(former) ? former : sealSecret(cipher, former))
  writeSecretFile(target, sealSecret(cipher, secret))
  return existsSync(previous) ? previous : undefined
}
