import { type Outcome, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'

export interface ScanQrFields {
  readonly healthCardId: string
  readonly registerCardNum?: string
  readonly registerId?: string
  readonly outpatientNum?: string
  readonly registerQrCode?: string
  readonly registerBarCode?: string
  readonly caregiverName?: string
  readonly caregiverPhone?: string
  readonly caregiverCardNumber?: string
  readonly visitCodeFirst?: string
}

/**
 * 保存展码页字段: what the platform's card code page shows beside the code. The page is opened with the fieldCode,
 * if the platform gives one. Confidence: one source.
 */
export function saveScanQrField(
  caller: Caller,
  request: ScanQrFields,
  context: CallContext,
): Promise<Outcome<{ readonly fieldCode: string | undefined }>> {
  return caller.change('saveScanQrField', request, context, (rsp) =>
    yes({ fieldCode: textOf(rsp, 'fieldCode') }),
  )
}
