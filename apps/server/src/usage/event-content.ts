import type { CallContext, UsageReport } from '@zhangyi/health-card'
import type { Cipher } from '../platform/crypto/cipher.ts'

const CONTEXT = 'usage_event.content'

/** What is sent, and in whose name. */
export interface EventContent {
  readonly report: UsageReport
  readonly context: CallContext
}

/**
 * By position: a day has as many of these as there are events, and the names of the members would be more than half of
 * each. A change of the order is a new version.
 */
type Packed = readonly [
  version: 1,
  ...channel: [channelNum: CallContext['channelNum'], appid: Text, openid: Text],
  ...event: [qrCodeText: string, time: string, scene: string, department: Text],
  ...codes: [hospitalCode: string, subHospitalCode: Text, cardType: string, cardChannel: string],
  costTypes: Text,
  ...seldom: [] | [Seldom],
]
/** JSON has no undefined in a list. */
type Text = string | null
/** Members that hardly any report has. */
type Seldom = Pick<UsageReport, 'serviceId' | 'idCardNumber' | 'name'>

export function sealContent(cipher: Cipher, { report, context }: EventContent): Buffer {
  const { relatedUser } = context
  const packed: Packed = [
    1,
    context.channelNum,
    relatedUser?.appid ?? null,
    relatedUser?.openid ?? null,
    report.qrCodeText,
    report.time,
    report.scene,
    report.department ?? null,
    report.hospitalCode,
    report.subHospitalCode ?? null,
    report.cardType,
    report.cardChannel,
    report.cardCostTypes ?? null,
    ...seldomOf(report),
  ]
  return cipher.seal(JSON.stringify(packed), CONTEXT)
}

function seldomOf({ serviceId, idCardNumber, name }: UsageReport): [] | [Seldom] {
  if (serviceId === undefined && idCardNumber === undefined && name === undefined) return []
  return [
    {
      ...(serviceId !== undefined && { serviceId }),
      ...(idCardNumber !== undefined && { idCardNumber }),
      ...(name !== undefined && { name }),
    },
  ]
}

/** Throws `CipherError` for what was sealed under another key. */
export function openContent(cipher: Cipher, sealed: Buffer): EventContent {
  const packed = JSON.parse(cipher.open(sealed, CONTEXT).reveal()) as Packed
  const [version, channelNum, appid, openid, qrCodeText, time, scene, department, ...codes] = packed
  if (version !== 1) throw new Error('content of an event in a form that this version does not know')
  const [hospitalCode, subHospitalCode, cardType, cardChannel, cardCostTypes, seldom] = codes
  return {
    report: {
      ...{ qrCodeText, time, hospitalCode },
      ...(subHospitalCode !== null && { subHospitalCode }),
      scene,
      ...(department !== null && { department }),
      ...{ cardType, cardChannel },
      ...(cardCostTypes !== null && { cardCostTypes }),
      ...seldom,
    },
    context: { channelNum, ...(appid !== null && openid !== null && { relatedUser: { appid, openid } }) },
  }
}
