import { createHash } from 'node:crypto'

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
  return createHash('sha256')
    .update(canonicalText(commonIn, req, options) + appSecret, 'utf8')
    .digest('base64')
}

/**
 * `name=value` of every member of both objects joined with `&`, by ASCII order of the names, without `sign`. Null and
 * blank texts are dropped, kept texts are not trimmed, nothing is URL-encoded. `req` wins a name clash.
 */
export function canonicalText(commonIn: object, req: object, { signZero = true }: SignOptions = {}): string {
  const { sign: _, ...common } = commonIn as Members
  const members: Members = { ...common, ...(req as Members) }
  return Object.keys(members)
    .sort(byCodeUnit)
    .flatMap((name) => {
      const text = textForm(members[name])
      const dropped = text === undefined || text.trim() === '' || (!signZero && members[name] === 0)
      return dropped ? [] : [`${name}=${text}`]
    })
    .join('&')
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
  const parts = Object.keys(members)
    .sort(byCodeUnit)
    .filter((name) => members[name] !== null && members[name] !== undefined)
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`)
  return `{${parts.join(',')}}`
}

// Not localeCompare: the platform sorts by code unit, upper case before lower case.
function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
