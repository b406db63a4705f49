import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { numberOf, textOf } from '../read-members.ts'

export interface DynamicQRCodeRequest {
  readonly healthCardId: string
  readonly idType: string
  readonly idNumber: string
  /** `0` dynamic, `1` static. */
  readonly codeType?: string
}

export interface DynamicQRCode {
  readonly qrCodeText: string
  /** Base64 PNG without a data prefix. */
  readonly qrCodeImg: string | undefined
  /** Of epidemic times: 0 not declared, 1 green, 2 yellow, 3 red. */
  readonly color: number | undefined
}

/** 获取健康卡二维码 (svc 161). A read. Confidence: several sources; the type of `codeType` differs between them. */
export function getDynamicQRCode(
  caller: Caller,
  request: DynamicQRCodeRequest,
  context: CallContext,
): Promise<DynamicQRCode> {
  return caller.read('getDynamicQRCode', request, context, (rsp) => {
    const qrCodeText = textOf(rsp, 'qrCodeText')
    if (qrCodeText === undefined) return undefined
    return {
      qrCodeText,
      qrCodeImg: textOf(rsp, 'qrCodeImg'),
      color: numberOf(rsp, 'color', 'codeColor'),
    }
  })
}
