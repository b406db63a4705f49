import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { booleanOf } from '../read-members.ts'
import { personOf } from '../read-person.ts'
import type { RegisteredPerson } from '../types.ts'

export type RegInfo = RegisteredPerson & { readonly isSelf: boolean | undefined }

/**
 * 获取建档信息（卡管异常流程） (svc 287): the person without a card, while card management is out of order. Spends the
 * regInfoCode, which goes in as `code`: after `unknown` never ask again with it. Confidence: one source.
 */
export function getRegInfoByCode(
  caller: Caller,
  request: { readonly code: string },
  context: CallContext,
): Promise<Outcome<RegInfo>> {
  return caller.change('getRegInfoByCode', request, context, (rsp) => {
    const person = personOf(rsp)
    return person ? yes({ ...person, isSelf: booleanOf(rsp, 'isSelf') }) : unknown('malformed')
  })
}
