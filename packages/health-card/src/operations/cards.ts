import { no, type Outcome, yes } from '@zhangyi/core'
import { readOrThrow } from '../call.ts'
import { HealthCardError } from '../errors.ts'
import type { CallContext, Operation } from '../options.ts'
import { booleanOf, cardOf, numberOf, objectOf, textOf } from '../read.ts'
import type { Session } from '../session.ts'
import type { HealthCard } from '../types.ts'

export interface DynamicQRCode {
  readonly qrCodeText: string
  /** Base64 PNG without a data prefix. */
  readonly qrCodeImg: string | undefined
  readonly color: number | undefined
}

export interface CheckedQRCode {
  readonly name: string | undefined
  readonly idType: string | undefined
  readonly idNumber: string | undefined
  readonly gender: string | undefined
  readonly healthCardId: string | undefined
  readonly phid: string | undefined
}

export interface CardCalls {
  /** 获取健康卡二维码 (svc 161); codeType 0 dynamic, 1 static. A read. */
  getDynamicQRCode(
    request: {
      readonly healthCardId: string
      readonly idType: string
      readonly idNumber: string
      readonly codeType?: string
    },
    context: CallContext,
  ): Promise<DynamicQRCode>
  /** 通过二维码获取健康卡 (svc 104); the only reply that tells the relation. A read. */
  getHealthCardByQRCode(
    request: { readonly qrCodeText: string },
    context: CallContext,
  ): Promise<{ readonly card: HealthCard; readonly relation: string | undefined }>
  /** 校验动态二维码 (svc 143). A read. */
  verifyQRCode(
    request: { readonly qrCodeText: string } & Readonly<Record<string, string>>,
    context: CallContext,
  ): Promise<CheckedQRCode>
  /** 获取卡包订单ID (svc 142). A read. */
  getOrderIdByOutAppId(
    request: { readonly appId?: string; readonly qrCodeText: string },
    context: CallContext,
  ): Promise<{ readonly orderId: string }>
  /** 绑定健康卡和院内ID (svc 140). Telling it twice does no harm. */
  bindCardRelation(
    request: { readonly patid: string; readonly qrCodeText: string },
    context: CallContext,
  ): Promise<Outcome<void>>
  /** Fields for the platform's card code page. */
  saveScanQrField(
    request: { readonly healthCardId: string } & Readonly<Record<string, string>>,
    context: CallContext,
  ): Promise<Outcome<{ readonly fieldCode: string | undefined }>>
}

export function cardCalls(session: Session): CardCalls {
  const read = async <T>(
    operation: Operation,
    req: object,
    context: CallContext,
    parse: (rsp: Members) => T | undefined,
  ) => {
    const made = await session.call(operation, req, context)
    const value = parse(readOrThrow(operation, made))
    if (value === undefined) throw new HealthCardError('unknown', operation, 'malformed', made.requestId)
    return value
  }
  return {
    getDynamicQRCode: (request, context) =>
      read('getDynamicQRCode', request, context, (rsp) => {
        const qrCodeText = textOf(rsp, 'qrCodeText')
        const color = numberOf(rsp, 'color') ?? numberOf(rsp, 'codeColor')
        return qrCodeText === undefined
          ? undefined
          : { qrCodeText, qrCodeImg: textOf(rsp, 'qrCodeImg'), color }
      }),
    getHealthCardByQRCode: (request, context) =>
      read('getHealthCardByQRCode', request, context, (rsp) => {
        const members = objectOf(rsp, 'card')
        const card = cardOf(members)
        return card && { card, relation: textOf(members, 'relation') ?? textOf(rsp, 'relation') }
      }),
    verifyQRCode: (request, context) =>
      read('verifyQRCode', request, context, (rsp) => ({
        name: textOf(rsp, 'name'),
        idType: textOf(rsp, 'idType'),
        idNumber: textOf(rsp, 'idNumber'),
        gender: textOf(rsp, 'gender'),
        healthCardId: textOf(rsp, 'healthCardId'),
        phid: textOf(rsp, 'phid'),
      })),
    getOrderIdByOutAppId: (request, context) =>
      read('getOrderIdByOutAppId', request, context, (rsp) => {
        const orderId = textOf(rsp, 'orderId')
        return orderId === undefined ? undefined : { orderId }
      }),
    bindCardRelation: async (request, context) => {
      const made = await session.call('bindCardRelation', request, context)
      if (made.kind !== 'yes') return made
      return booleanOf(made.value, 'result') === false
        ? no('result-false', 'the platform did not bind')
        : yes(undefined)
    },
    saveScanQrField: async (request, context) => {
      const made = await session.call('saveScanQrField', request, context)
      return made.kind === 'yes' ? yes({ fieldCode: textOf(made.value, 'fieldCode') }) : made
    },
  }
}

type Members = Readonly<Record<string, unknown>>
