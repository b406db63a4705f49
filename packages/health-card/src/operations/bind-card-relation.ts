import { no, type Outcome, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { booleanOf } from '../read-members.ts'

/**
 * 绑定健康卡和院内ID (svc 140). A `result` of false under resultCode 0 is `no('result-false', errMsg)`; a reply without
 * `result` is taken as done. Confidence: several sources.
 */
export function bindCardRelation(
  caller: Caller,
  request: { readonly patid: string; readonly qrCodeText: string },
  context: CallContext,
): Promise<Outcome<void>> {
  return caller.change('bindCardRelation', request, context, (rsp, errMsg) =>
    booleanOf(rsp, 'result') === false ? no('result-false', errMsg) : yes(undefined),
  )
}
