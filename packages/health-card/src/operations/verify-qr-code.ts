import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'
import { idTypeOf } from '../read-person.ts'

export interface QRCodeCheck {
  readonly qrCodeText: string
  readonly terminalId?: string
  /** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly time?: string
  /** Two-level scene, e.g. 010101. */
  readonly medicalStep?: string
  readonly channelCode?: string
  readonly channelName?: string
  readonly useCityCode?: string
  readonly useCityName?: string
  readonly hospitalCode?: string
  readonly hospitalName?: string
  readonly orgId?: string
  readonly name?: string
  readonly idCard?: string
  readonly useType?: string
  readonly useChannel?: string
  readonly qrCodeType?: string
}

export interface CheckedQRCode {
  readonly name: string | undefined
  readonly idType: string | undefined
  readonly idNumber: string | undefined
  readonly gender: string | undefined
  readonly nation: string | undefined
  readonly birthday: string | undefined
  readonly phone: string | undefined
  readonly address: string | undefined
  readonly healthCardId: string | undefined
  readonly phid: string | undefined
}

/** 校验动态二维码 (svc 143): valid if it does not throw. A read. Confidence: several sources. */
export function verifyQRCode(
  caller: Caller,
  request: QRCodeCheck,
  context: CallContext,
): Promise<CheckedQRCode> {
  return caller.read('verifyQRCode', request, context, (rsp) => {
    const idNumber = textOf(rsp, 'idNumber', 'idCard')
    return {
      name: textOf(rsp, 'name'),
      idType: idTypeOf(textOf(rsp, 'idType', 'cardType'), idNumber ?? ''),
      idNumber,
      gender: textOf(rsp, 'gender'),
      nation: textOf(rsp, 'nation'),
      birthday: textOf(rsp, 'birthday'),
      phone: textOf(rsp, 'phone', 'phone1'),
      address: textOf(rsp, 'address'),
      healthCardId: textOf(rsp, 'healthCardId'),
      phid: textOf(rsp, 'phid'),
    }
  })
}
