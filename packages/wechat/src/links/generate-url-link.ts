import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import type { Reply } from '../call/read-reply.ts'
import { requireForm, WechatInputError } from '../errors.ts'
import { type EnvVersion, PAGE } from './get-unlimited-code.ts'

export interface UrlLinkRequest {
  /** A published page, without leading slash and query; the home page if absent. */
  readonly path?: string
  /** Up to 1024 characters; a random short key, never anything of a person. */
  readonly query?: string
  /** Days from now after which the link is dead, 1–30. */
  readonly expiresInDays: number
  readonly envVersion?: EnvVersion
}

const QUERY = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]{1,1024}$/
const LINK = /^https?:\/\/[0-9A-Za-z.:-]+\/[\x21-\x7e]{1,500}$/

/**
 * `POST /wxa/generate_urllink`: a link that opens the mini program from a text message or a browser. One link serves one
 * user only, so each message gets its own. After `unknown` a link may exist that nobody has; ask for another.
 * Throws `WechatInputError` before sending.
 */
export async function generateUrlLink(
  caller: WechatCaller,
  { path, query, expiresInDays, envVersion }: UrlLinkRequest,
): Promise<Outcome<{ readonly url: string }>> {
  if (!Number.isInteger(expiresInDays) || expiresInDays < 1 || expiresInDays > 30)
    throw new WechatInputError('expiresInDays', 'range')
  return caller.change({
    operation: 'generateUrlLink',
    path: '/wxa/generate_urllink',
    body: {
      ...(path !== undefined && { path: requireForm('path', path, PAGE) }),
      ...(query !== undefined && { query: requireForm('query', query, QUERY) }),
      is_expire: true,
      // Counted in days by WeChat, not until a moment of our clock.
      expire_type: 1,
      expire_interval: expiresInDays,
      ...(envVersion && { env_version: envVersion }),
    },
    interpret: linkOf,
  })
}

function linkOf({ members }: Reply): Outcome<{ readonly url: string }> {
  const { url_link: url } = members
  return typeof url === 'string' && LINK.test(url) ? yes({ url }) : unknown('malformed')
}
