import { type Sensitive, sensitive } from '@zhangyi/core'
import { type Caller, createCaller } from './create-caller.ts'
import { type Notification, openNotification, type RefusedNotification } from './notify.ts'
import { decryptSensitive } from './oaep.ts'
import { applyAbnormalRefund, prepareAbnormalRefund } from './operations/apply-abnormal-refund.ts'
import { askReceipt, prepareReceipt } from './operations/ask-receipt.ts'
import { cancelTransfer, prepareTransferCancel } from './operations/cancel-transfer.ts'
import { closeJsapiOrder, prepareJsapiClose } from './operations/close-jsapi-order.ts'
import { createJsapiOrder, prepareJsapiOrder } from './operations/create-jsapi-order.ts'
import { createRefund, prepareRefund } from './operations/create-refund.ts'
import { createTransfer, prepareTransfer } from './operations/create-transfer.ts'
import { downloadBill, downloadReceipt } from './operations/download-file.ts'
import { fetchCertificates } from './operations/fetch-certificates.ts'
import {
  queryJsapiOrderByOutTradeNo,
  queryJsapiOrderByTransactionId,
} from './operations/query-jsapi-order.ts'
import { queryRefund } from './operations/query-refund.ts'
import { queryTransferByOutBillNo, queryTransferByTransferBillNo } from './operations/query-transfer.ts'
import { readDayEndBalance, readFundBalance } from './operations/read-balance.ts'
import { readReceipt } from './operations/read-receipt.ts'
import { requestFundFlowBill, requestTradeBill } from './operations/request-bill.ts'
import type { WechatPayOptions } from './options.ts'
import { type PaymentParameters, signPayment } from './sign-payment.ts'
import type { SignedMessage } from './verify.ts'

/**
 * Client of WeChat Pay v3. What changes something is prepared (pure, throws `WechatPayInputError`), stored by the
 * caller, then sent, again if need be, as the same bytes: `SentResult` is yes, no or unknown. A read throws
 * `WechatPayError`; a number that is not found is the value `not-found`, and inconclusive.
 */
export type WechatPayClient = ReturnType<typeof createWechatPayClient>

/** Throws `WechatPayInputError` or `WechatPayCryptoError` for options that cannot work. */
export function createWechatPayClient(options: WechatPayOptions) {
  const caller = createCaller(options)
  const bound =
    <Given extends readonly unknown[], T>(operation: (caller: Caller, ...given: Given) => T) =>
    (...given: Given): T =>
      operation(caller, ...given)
  return {
    /** The verifying keys; `counters` tells probes from failures. */
    ring: caller.ring,

    // JSAPI支付
    prepareJsapiOrder: bound(prepareJsapiOrder),
    sendJsapiOrder: bound(createJsapiOrder),
    /** Arguments of `wx.requestPayment` for a prepay id. */
    signPayment: (prepayId: string, appid?: string): PaymentParameters =>
      signPayment(caller.sender.signer, caller.clock, { appid: caller.appid(appid), prepayId }),
    queryJsapiOrderByOutTradeNo: bound(queryJsapiOrderByOutTradeNo),
    queryJsapiOrderByTransactionId: bound(queryJsapiOrderByTransactionId),
    prepareJsapiClose: bound(prepareJsapiClose),
    sendJsapiClose: bound(closeJsapiOrder),

    // 商家转账
    prepareTransfer: bound(prepareTransfer),
    sendTransfer: bound(createTransfer),
    queryTransferByOutBillNo: bound(queryTransferByOutBillNo),
    queryTransferByTransferBillNo: bound(queryTransferByTransferBillNo),
    prepareTransferCancel: bound(prepareTransferCancel),
    sendTransferCancel: bound(cancelTransfer),
    prepareReceipt: bound(prepareReceipt),
    sendReceipt: bound(askReceipt),
    readReceipt: bound(readReceipt),
    downloadReceipt: bound(downloadReceipt),

    // 退款
    prepareRefund: bound(prepareRefund),
    sendRefund: bound(createRefund),
    queryRefund: bound(queryRefund),
    prepareAbnormalRefund: bound(prepareAbnormalRefund),
    sendAbnormalRefund: bound(applyAbnormalRefund),

    // 余额与账单
    fundBalance: bound(readFundBalance),
    dayEndBalance: bound(readDayEndBalance),
    requestTradeBill: bound(requestTradeBill),
    requestFundFlowBill: bound(requestFundFlowBill),
    downloadBill: bound(downloadBill),

    // 证书与回调
    fetchCertificates: bound(fetchCertificates),
    openNotification: (message: SignedMessage): Notification | RefusedNotification =>
      openNotification(message, caller.ring, caller.apiV3Key, caller.clock.nowMs()),
    /** Opens a field that WeChat encrypted to the merchant. Throws `WechatPayCryptoError`. */
    decryptSensitive: (ciphertext: string): Sensitive<string> =>
      sensitive(decryptSensitive(ciphertext, caller.sender.signer.merchant.privateKey)),
  }
}
