import type { Outcome, StoredToken } from '@zhangyi/core'
import { type Caller, createCaller } from './create-caller.ts'
import { bindCardRelation } from './operations/bind-card-relation.ts'
import {
  checkUniformVerifyResult,
  type UniformVerifyResult,
} from './operations/check-uniform-verify-result.ts'
import {
  type DynamicQRCode,
  type DynamicQRCodeRequest,
  getDynamicQRCode,
} from './operations/get-dynamic-qr-code.ts'
import { type ExchangedCard, getHealthCardByHealthCode } from './operations/get-health-card-by-health-code.ts'
import { getHealthCardByQRCode, type ScannedCard } from './operations/get-health-card-by-qr-code.ts'
import { getOrderIdByOutAppId } from './operations/get-order-id-by-out-app-id.ts'
import { getOrderInfoByOrderId, type OrderPerson } from './operations/get-order-info-by-order-id.ts'
import { getRegInfoByCode, type RegInfo } from './operations/get-reg-info-by-code.ts'
import { type BindCardPage, registerHealthCardPreAuth } from './operations/register-health-card-pre-auth.ts'
import { registerHealthCardPreFill, type VerifyPage } from './operations/register-health-card-pre-fill.ts'
import {
  type RealPersonAuthRequest,
  registerRealPersonAuthOrder,
} from './operations/register-real-person-auth-order.ts'
import {
  registerUniformVerifyOrder,
  type UniformVerifyOrder,
  type UniformVerifyRequest,
} from './operations/register-uniform-verify-order.ts'
import { reportHISData, type UsageReport } from './operations/report-his-data.ts'
import { type ScanQrFields, saveScanQrField } from './operations/save-scan-qr-field.ts'
import { type CheckedQRCode, type QRCodeCheck, verifyQRCode } from './operations/verify-qr-code.ts'
import type { CallContext, HealthCardOptions } from './options.ts'
import type { PreAuthRequest, PreFillRequest } from './types.ts'

type Read<Request, T> = (request: Request, context: CallContext) => Promise<T>
type Change<Request, T> = Read<Request, Outcome<T>>

/**
 * Client of the electronic health card open platform. A call that changes something or spends a one-use code returns
 * an `Outcome`; a read throws `HealthCardError`. Nothing is repeated but a call refused for its token, once. A failure
 * of the token store itself (its database) is thrown as it is, before the call was sent.
 */
export interface HealthCardClient {
  /** 获取接口调用凭证: the shared token, fetched only if there is none; a connection test for operators. */
  readonly getAppToken: () => Promise<StoredToken>

  /** 绑卡验证授权: the page on which the person chooses or applies for a card. */
  readonly registerHealthCardPreAuth: Change<PreAuthRequest, BindCardPage>
  /** 验证注册/绑卡: spends the authCode; `no('empty-verify-url')` if the platform opened no page. */
  readonly registerHealthCardPreFill: Change<PreFillRequest, VerifyPage>
  /** 健康卡授权码获取健康卡信息: spends the healthCode. */
  readonly getHealthCardByHealthCode: Change<{ readonly healthCode: string }, ExchangedCard>
  /** 获取建档信息（卡管异常流程）: spends the regInfoCode. */
  readonly getRegInfoByCode: Change<{ readonly code: string }, RegInfo>

  /** 实人验证生成orderId: spends the wechatCode. */
  readonly registerUniformVerifyOrder: Change<UniformVerifyRequest, UniformVerifyOrder>
  /** 实人验证结果查询: only `suc` says whether the person was verified. */
  readonly checkUniformVerifyResult: Read<
    { readonly verifyOrderId: string; readonly verifyResult: string },
    UniformVerifyResult
  >
  /** 实人用户信息获取: whose face the hospital's page checks. */
  readonly getOrderInfoByOrderId: Read<{ readonly orderId: string; readonly verifyType: number }, OrderPerson>
  /** 实人验证结果通知: spends the wechatCode; `no('empty-verify-order-id')` if refused. */
  readonly registerRealPersonAuthOrder: Change<RealPersonAuthRequest, { readonly verifyOrderId: string }>

  /** 用卡数据监测: one event. */
  readonly reportHISData: Change<UsageReport, void>

  /** 获取健康卡二维码. */
  readonly getDynamicQRCode: Read<DynamicQRCodeRequest, DynamicQRCode>
  /** 通过二维码获取健康卡. */
  readonly getHealthCardByQRCode: Read<{ readonly qrCodeText: string }, ScannedCard>
  /** 校验动态二维码. */
  readonly verifyQRCode: Read<QRCodeCheck, CheckedQRCode>
  /** 获取卡包订单ID. */
  readonly getOrderIdByOutAppId: Read<
    { readonly appId?: string; readonly qrCodeText: string },
    { readonly orderId: string }
  >
  /** 绑定健康卡和院内ID. */
  readonly bindCardRelation: Change<{ readonly patid: string; readonly qrCodeText: string }, void>
  /** 保存展码页字段. */
  readonly saveScanQrField: Change<ScanQrFields, { readonly fieldCode: string | undefined }>
}

export function createHealthCardClient(options: HealthCardOptions): HealthCardClient {
  const caller = createCaller(options)
  const withCaller =
    <Request, T>(
      operation: (caller: Caller, request: Request, context: CallContext) => Promise<T>,
    ): Read<Request, T> =>
    (request, context) =>
      operation(caller, request, context)
  return {
    getAppToken: () => caller.token(),
    registerHealthCardPreAuth: withCaller(registerHealthCardPreAuth),
    registerHealthCardPreFill: withCaller(registerHealthCardPreFill),
    getHealthCardByHealthCode: withCaller(getHealthCardByHealthCode),
    getRegInfoByCode: withCaller(getRegInfoByCode),
    registerUniformVerifyOrder: withCaller(registerUniformVerifyOrder),
    checkUniformVerifyResult: withCaller(checkUniformVerifyResult),
    getOrderInfoByOrderId: withCaller(getOrderInfoByOrderId),
    registerRealPersonAuthOrder: withCaller(registerRealPersonAuthOrder),
    reportHISData: withCaller(reportHISData),
    getDynamicQRCode: withCaller(getDynamicQRCode),
    getHealthCardByQRCode: withCaller(getHealthCardByQRCode),
    verifyQRCode: withCaller(verifyQRCode),
    getOrderIdByOutAppId: withCaller(getOrderIdByOutAppId),
    bindCardRelation: withCaller(bindCardRelation),
    saveScanQrField: withCaller(saveScanQrField),
  }
}
