import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { booleanOf, type Members, numberOf, textOf } from '../read-members.ts'

export interface UniformVerifyResult {
  /** resultCode 0 with `suc` false is a normal answer: not verified. Nothing but `suc` true is a verification. */
  readonly suc: boolean
  /** Full list not public. */
  readonly verifyType: number | undefined
  readonly healthCardId: string | undefined
  readonly ext: string | undefined
  /** Somebody else verified on the patient's behalf (家人代验证, 监护人). */
  readonly proxy: VerifyProxy | undefined
}

export interface VerifyProxy {
  readonly name: string | undefined
  readonly cardType: string | undefined
  readonly idCard: string | undefined
  /** As the platform writes it; its form is not public. */
  readonly expiredTime: string | undefined
}

/**
 * 实人验证结果查询 (svc 170, path family C). A read; `verifyResult` is the registerOrderId of the redirect. A reply
 * that does not say `suc` at all is `unknown`, not a failed verification. Confidence: four sources for the endpoint,
 * two for `suc`, one for the proxy fields.
 */
export function checkUniformVerifyResult(
  caller: Caller,
  request: { readonly verifyOrderId: string; readonly verifyResult: string },
  context: CallContext,
): Promise<UniformVerifyResult> {
  return caller.read('checkUniformVerifyResult', request, context, (rsp) => {
    const suc = booleanOf(rsp, 'suc')
    return suc === undefined
      ? undefined
      : {
          suc,
          verifyType: numberOf(rsp, 'verifyType'),
          healthCardId: textOf(rsp, 'healthCardId'),
          ext: textOf(rsp, 'ext'),
          proxy: proxyOf(rsp),
        }
  })
}

/** Any of the fields but the type, which may be a filler, tells of a proxy: half of them is no verification of the person. */
function proxyOf(rsp: Members): VerifyProxy | undefined {
  const proxy = {
    name: textOf(rsp, 'proxyVerifyName'),
    cardType: textOf(rsp, 'proxyVerifyCardType'),
    idCard: textOf(rsp, 'proxyVerifyIdCard'),
    expiredTime: textOf(rsp, 'proxyVerifyExpiredTime'),
  }
  return (proxy.name ?? proxy.idCard ?? proxy.expiredTime) === undefined ? undefined : proxy
}
