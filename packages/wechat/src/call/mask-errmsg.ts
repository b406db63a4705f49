const HIDDEN = '[已隐藏]'
const MAX_LENGTH = 200
const MAX_DEPTH = 6

/** WeChat's number of the request, which it writes behind its words. */
export function ridOf(errmsg: string): string | undefined {
  return /\brid: ?([0-9a-f]{1,16}(?:-[0-9a-f]{1,16}){1,4})/.exec(errmsg)?.[1]
}

/**
 * WeChat's words, which are English, without what they may repeat of the request: every text that was sent, whatever
 * is not ASCII (names), and long runs of letters or digits (openids, tokens, document numbers). Kept because they name
 * what is wrong, e.g. the field of a 47003 or the address of a 40164.
 */
export function maskErrmsg(errmsg: string, body: unknown): string {
  const rid = ridOf(errmsg)
  const words = textsIn(body)
    .sort((left, right) => right.length - left.length)
    .reduce((text, sent) => text.replaceAll(sent, HIDDEN), errmsg.replace(/[\s,]*\brid:.*$/s, ''))
    .replace(/[0-9A-Za-z_-]{28,}|[0-9A-Za-z]{16,}|\d{6,}[\dXx]?/g, HIDDEN)
    .split(HIDDEN)
    .map((part) => part.replace(/[^ -~]+/g, '*'))
    .join(HIDDEN)
    .slice(0, MAX_LENGTH)
  return rid === undefined ? words : `${words} (rid ${rid})`
}

function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value.trim().length > 1 ? [value, value.trim()] : []
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return []
  return Object.values(value).flatMap((member) => textsIn(member, depth + 1))
}

/** The key that a 47003 names, e.g. `thing1`, from the reason of its `no`. */
export function failingKeyOf(reason: string): string | undefined {
  return /\bdata\.([a-z_]+\d*)(?:\.|\b)/.exec(reason)?.[1]
}
