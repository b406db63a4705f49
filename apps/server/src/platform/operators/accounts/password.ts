import { randomBytes, randomInt, type ScryptOptions, scrypt } from 'node:crypto'
import { sameSecret } from '../../crypto/same-secret.ts'
import { PASSWORD_COST } from './password-cost.ts'

const KEY_BYTES = 32
const SHORTEST = 10
const LONGEST = 128
/** Of capital letters, small ones, digits and all others. */
const KINDS = 3

/** `scrypt$N$r$p$salt$key`: the cost stands with the hash, so that it can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { N, r, p } = PASSWORD_COST
  const key = await derive(password, salt, PASSWORD_COST)
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = hash.split('$')
  if (kind !== 'scrypt') throw new Error('a password hash of a kind that we do not make')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return sameSecret((await derive(password, Buffer.from(salt, 'base64url'), cost)).toString('base64url'), key)
}

/** As long as for a name that is there: nobody learns from the time which names are. */
export async function wasteTime(password: string): Promise<void> {
  await derive(password, Buffer.alloc(16), PASSWORD_COST)
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const options = { ...cost, maxmem: 256 * 1024 * 1024 }
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}

/** Undefined: good. Otherwise what is wrong with it, for the person who chose it. */
export function problemWith(password: string, loginName: string): string | undefined {
  const length = [...password].length
  if (length < SHORTEST) return `至少 ${SHORTEST} 个字符`
  if (length > LONGEST) return `最多 ${LONGEST} 个字符`
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length
  if (kinds < KINDS) return `大写字母、小写字母、数字、其他字符，至少要有 ${KINDS} 种`
  if (password.toLowerCase().includes(loginName.toLowerCase())) return '不能含有登录名'
  if (/(.)\1{3}/u.test(password)) return '同一个字符不能连续出现 4 次'
  if (/0123|1234|2345|3456|4567|5678|6789|abcd|qwer|pass?w/i.test(password))
    return '不能含有 1234、abcd、qwer、password 这样容易猜的一段'
  return undefined
}

// Nothing that looks like something else when it is read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** To be told to a person, and changed at the first sign-in. Some 93 bits. */
export function oneTimePassword(): string {
  const pick = () => LETTERS[randomInt(LETTERS.length)] ?? ''
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, pick).join('')).join('-')
}
