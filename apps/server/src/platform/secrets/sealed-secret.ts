import { type Cipher, CipherError } from '../crypto/cipher.ts'

const MARK = 'zhangyi-sealed:'
const HEADER = `${MARK}1:`
/** Authenticated: what was sealed for a column of a table opens nowhere as a key, and the other way round. */
const PURPOSE = 'key file'

/** `problem` says what to do, and nothing of what is in it. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

export function isSealed(text: string): boolean {
  return text.startsWith(MARK)
}

/** A key as one line of text that only the installation's master key opens. */
export function sealSecret(cipher: Pick<Cipher, 'seal'>, secret: string): string {
  return HEADER + cipher.seal(secret, PURPOSE).toString('base64url')
}

/** Throws `SealError`. */
export function openSecret(cipher: Pick<Cipher, 'openBytes'>, sealed: string): string {
  if (!sealed.startsWith(HEADER)) throw new SealError('加密的格式不认识，可能是更新的版本写的：请升级网关')
  const body = sealed.slice(HEADER.length)
  const bytes = Buffer.from(body, 'base64url')
  // Letters that stand for nothing are skipped in reading: only what would be written the same is whole.
  if (bytes.toString('base64url') !== body) throw new SealError('残缺或被改动：请用原来的密钥重新加密')
  try {
    return cipher.openBytes(bytes, PURPOSE).toString('utf8')
  } catch (error) {
    // That there is no master key is another thing, told by who looked for it.
    if (!(error instanceof CipherError)) throw error
    throw new SealError(
      '打不开：主密钥不是加密时的那一个，或文件残缺、被改动。请核对 ZHANGYI_DATA_KEY_FILE；主密钥没有错，就用原来的密钥重新加密',
      { cause: error },
    )
  }
}
