import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'
import type { PreAuthRequest } from '../types.ts'

export interface BindCardPage {
  /** H5 page for the web-view. */
  readonly bindCardUrl: string
}

/**
 * 绑卡验证授权 (svc 312): the page on which the person chooses or applies for a card. The wechatCode (30 minutes, one
 * use) is spent only by a later *successful* registration, so after `no` or `unknown` a new start is safe.
 * Confidence: three sources for the fields, one for the path.
 */
export function registerHealthCardPreAuth(
  caller: Caller,
  request: PreAuthRequest,
  context: CallContext,
): Promise<Outcome<BindCardPage>> {
  const req = { domainChannel: caller.domainChannel, ...request }
  return caller.change('registerHealthCardPreAuth', req, context, (rsp) => {
    const bindCardUrl = textOf(rsp, 'bindCardUrl')
    return bindCardUrl === undefined ? unknown('malformed') : yes({ bindCardUrl })
  })
}
