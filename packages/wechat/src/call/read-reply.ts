import { type Outcome, unknown, yes } from '@zhangyi/core'
import { type Members, parseJsonObject } from './parse-json.ts'
import type { RawReply } from './send-request.ts'

export interface Picture {
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface Reply {
  /** 0 where WeChat leaves it out, as it does in some good replies; `members.errcode` tells whether it was there. */
  readonly errcode: number
  readonly errmsg: string
  /** Empty for a picture. */
  readonly members: Members
  readonly picture: Picture | undefined
}

/**
 * A picture by its media type, JSON by its form: WeChat labels JSON as text/plain in places. An errcode counts only if
 * it is a whole number; any other makes the reply unusable, and an unusable reply is never a good one.
 */
export function readReply({ mediaType, bytes }: RawReply): Outcome<Reply> {
  if (mediaType.startsWith('image/')) {
    if (bytes.byteLength === 0) return unknown('malformed')
    return yes({ errcode: 0, errmsg: '', members: {}, picture: { mediaType, bytes } })
  }
  const members = parseObject(bytes)
  if (!members) return unknown('malformed')
  const { errcode = 0, errmsg } = members
  if (!Number.isSafeInteger(errcode)) return unknown('malformed')
  return yes({
    errcode: Number(errcode),
    errmsg: typeof errmsg === 'string' ? errmsg : '',
    members,
    picture: undefined,
  })
}

function parseObject(bytes: Uint8Array): Members | undefined {
  try {
    // Fatal: a text in a wrong encoding must not become question marks.
    return parseJsonObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** A number as its text, long or not: for ids. */
export function idTextOf(value: unknown): string | undefined {
  if (typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value)) return value
  return Number.isSafeInteger(value) ? String(value) : undefined
}
