import { no, type Outcome, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'
import type { ChildInfo, ParentInfo, PreFillRequest } from '../types.ts'

export interface VerifyPage {
  /** H5 page for the web-view. */
  readonly verifyUrl: string
}

/**
 * 验证注册/绑卡 (svc 310, scene of 312): the page on which the person is verified. Spends the authCode: after `unknown`
 * start over with a fresh authorisation. An empty verifyUrl under resultCode 0 is a refusal,
 * `no('empty-verify-url', errMsg)`. Confidence: one source for the whole field list, two more in part.
 */
export function registerHealthCardPreFill(
  caller: Caller,
  { childInfo, ...request }: PreFillRequest,
  context: CallContext,
): Promise<Outcome<VerifyPage>> {
  const child = childInfo && { childInfo: flatChild(childInfo) }
  const req = { domainChannel: caller.domainChannel, ...request, ...child }
  return caller.change('registerHealthCardPreFill', req, context, (rsp, errMsg) => {
    const verifyUrl = textOf(rsp, 'verifyUrl')
    return verifyUrl === undefined ? no('empty-verify-url', errMsg) : yes({ verifyUrl })
  })
}

function flatChild({ mother, father, ...rest }: ChildInfo): Record<string, unknown> {
  return { ...rest, ...flatParent('mother', mother), ...flatParent('father', father) }
}

function flatParent(prefix: 'mother' | 'father', parent: ParentInfo = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parent).map(([name, value]) => [
      `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  )
}
