import { dirname, resolve } from 'node:path'
import type { Cipher } from '../../crypto/cipher.ts'
import { AppError, badInput } from '../../errors/catalogue.ts'
import type { Hospital } from '../../hospitals/hospitals.ts'
import { readSecretFile, SecretError } from '../../secrets/read-secret.ts'
import { replaceSecretFile } from '../../secrets/replace-secret-file.ts'
import { type CheckedKey, checkKey, type GivenKey } from './check-key.ts'
import { type KeyPlace, keyPlaces } from './key-places.ts'
import { KeyError, readKey } from './read-key.ts'

interface Parts {
  readonly cipher: Cipher
  readonly nowMs: number
  readonly startedAtMs: number
  /** Hospitals whose keys this operator may not touch. */
  readonly unseen: readonly Hospital[]
}

export interface Replacement extends Omit<CheckedKey, 'place'> {
  readonly formerFingerprint: string | undefined
  /** Where the former one is now; undefined where there was none. Throws `key-refused`: then nothing has changed. */
  write(): string | undefined
}

/**
 * A new key, held against all that can be told of it before it takes the former one's place. The file is the one that the
 * configuration names, and never what is asked for. Throws `bad-input` and `key-refused`.
 */
export function prepareReplacement(hospital: Hospital, given: GivenKey, parts: Parts): Replacement {
  const { cipher, unseen } = parts
  const { place, ...checked } = checkKey(hospital, given, parts)
  const { file, kind } = place
  const [problem] = checked.problems
  if (problem !== undefined) throw badInput({ field: 'text', message: problem })
  if (kind === 'private-key' && given.certificate === undefined)
    throw badInput({ field: 'certificate', message: '换私钥要一起选它的证书，核对它们是一对' })
  if (unseen.flatMap(keyPlaces).some((other) => resolve(other.file) === resolve(file)))
    throw refused('这个密钥文件别的医院也在用，请找看得到全部医院的系统管理员来换。')
  const former = formerOf(cipher, place)
  if (former.isSealed && former.fingerprint === checked.facts.fingerprint && kind !== 'certificate')
    throw badInput({ field: 'text', message: '和现在的是同一个，也已经加密，没有要换的' })
  return {
    ...{ ...checked, formerFingerprint: former.fingerprint },
    write: () => put(file, given.text.trim(), parts),
  }
}

/** What is there may be missing, or no key at all: that is often why it is replaced. */
function formerOf(cipher: Cipher, { file, kind }: KeyPlace) {
  try {
    const { text, isSealed } = readSecretFile(cipher, file)
    return { isSealed, fingerprint: readKey(cipher, kind, text).fingerprint }
  } catch (error) {
    if (error instanceof SecretError || error instanceof KeyError)
      return { isSealed: false, fingerprint: undefined }
    throw error
  }
}

function put(file: string, secret: string, parts: Parts): string | undefined {
  try {
    return replaceSecretFile(file, secret, parts)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw refused(
      `密钥没有换，原来的还在用：网关不能写 ${dirname(resolve(file))}（${code}，多半是只读挂载或权限不够）。请在服务器上用 zhangyi keys seal 加密，放到 ${resolve(file)}，再重启网关；想在这里换，就让运行网关的用户能写这个目录。`,
      error,
    )
  }
}

function refused(zh: string, cause?: unknown): AppError {
  return new AppError('key-refused', { zh, cause })
}
