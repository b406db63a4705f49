import { hash } from 'node:crypto'

export interface SignOptions {
  /**
   * Whether a numeric 0 (in practice `channelNum: 0`) enters the signature. Tencent's SDK 1.6 includes it; the
   * portal's older published sample leaves it out.
   */
  readonly signZero?: boolean
}

type Members = Readonly<Record<string, unknown>>

/**
 * Signs a call: SHA-256 over the canonical text with the secret appended, Base64 (44 characters).
 * The rule was settled by running Tencent's own SDK.
 */
export function signRequest(
  commonIn: object,
  req: object,
  appSecret: string,
  options: SignOptions = {},
): string {
  return hash('sha256', canonicalText(commonIn, req, options) + appSecret, 'base64')
}

/**
 * `name=value` of every member of both objects joined with `&`, by ASCII order of the names, without `sign`. Null and
 * blank texts are dropped, kept texts are not trimmed, nothing is URL-encoded. `req` wins a name clash.
 */
export function canonicalText(commonIn: object, req: object, { signZero = true }: SignOptions = {}): string {
  // Sorted by code unit, upper case before lower case, as the platform does; that is what sort() does without more.
  const members: Members = { ...commonIn, sign: undefined, ...req }
  let canonical = ''
  for (const name of Object.keys(members).sort()) {
    const value = members[name]
    const text = textForm(value)
    if (text === undefined || text.trim() === '' || (!signZero && value === 0)) continue
    canonical += canonical === '' ? `${name}=${text}` : `&${name}=${text}`
  }
  return canonical
}

function textForm(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'string' ? value : canonicalJson(value)
}

/**
 * Compact JSON with sorted member names, null members left out, empty texts kept. The same text is signed and sent,
 * because it is unknown whether the platform serialises nested objects anew. What JSON cannot say exactly (NaN, a
 * Date, an unrevealed `Sensitive`) throws: sent as something else it would be signed wrongly or lost in silence.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || 'toJSON' in value)
    throw new TypeError(`a ${typeof value} of this kind cannot be signed`)
  const members = value as Members
  let json = ''
  for (const name of Object.keys(members).sort()) {
    const member = members[name]
    if (member === null || member === undefined) continue
    json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${json}}`
}
