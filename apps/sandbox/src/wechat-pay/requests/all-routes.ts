import { listCertificates } from '../accounts/list-certificates.ts'
import { dayEndBalance, queryBalance } from '../accounts/query-balance.ts'
import { askFundFlowBill, askTradeBill } from '../bills/ask-bill.ts'
import { download } from '../bills/offer-download.ts'
import { closeOrder } from '../orders/close-order.ts'
import { prepay } from '../orders/prepay.ts'
import { queryOrder } from '../orders/query-order.ts'
import { applyAbnormalRefund } from '../refunds/apply-abnormal-refund.ts'
import { createRefund } from '../refunds/create-refund.ts'
import { queryRefund } from '../refunds/query-refund.ts'
import { cancelTransfer } from '../transfers/cancel-transfer.ts'
import { createTransfer } from '../transfers/create-transfer.ts'
import { queryTransfer } from '../transfers/query-transfer.ts'
import { askReceipt, queryReceipt } from '../transfers/receipts.ts'
import type { PayRoute } from './route.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
const RECEIPTS = '/v3/fund-app/mch-transfer/elecsign'
const ORDERS = '/v3/pay/transactions'
const REFUNDS = '/v3/refund/domestic/refunds'
const FUND = '/v3/merchant/fund'

const get = { method: 'GET' } as const
const post = { method: 'POST' } as const
// find-my-way reads `:by(…)` as a pattern for the part.
const BY = ':by(^out-bill-no|transfer-bill-no$)'

export const ROUTES: readonly PayRoute[] = [
  { ...get, operation: 'certificates', zh: '平台证书', path: '/v3/certificates', carryOut: listCertificates },
  { ...post, operation: 'jsapi-prepay', zh: 'JSAPI 下单', path: `${ORDERS}/jsapi`, carryOut: prepay },
  {
    ...get,
    operation: 'query-order',
    zh: '查询订单',
    path: `${ORDERS}/out-trade-no/:outTradeNo`,
    carryOut: queryOrder,
  },
  {
    ...get,
    operation: 'query-order',
    zh: '查询订单（微信订单号）',
    path: `${ORDERS}/id/:transactionId`,
    carryOut: queryOrder,
  },
  {
    ...post,
    operation: 'close-order',
    zh: '关闭订单',
    path: `${ORDERS}/out-trade-no/:outTradeNo/close`,
    carryOut: closeOrder,
  },
  { ...post, operation: 'create-refund', zh: '申请退款', path: REFUNDS, carryOut: createRefund },
  {
    ...get,
    operation: 'query-refund',
    zh: '查询退款',
    path: `${REFUNDS}/:outRefundNo`,
    carryOut: queryRefund,
  },
  {
    ...{ ...post, operation: 'apply-abnormal-refund', zh: '发起异常退款' },
    ...{ path: `${REFUNDS}/:refundId/apply-abnormal-refund`, carryOut: applyAbnormalRefund },
  },
  { ...post, operation: 'create-transfer', zh: '发起转账', path: BILLS, carryOut: createTransfer },
  {
    ...get,
    operation: 'query-transfer',
    zh: '查询转账',
    path: `${BILLS}/out-bill-no/:outBillNo`,
    carryOut: queryTransfer,
  },
  {
    ...{ ...get, operation: 'query-transfer', zh: '查询转账（微信转账单号）' },
    ...{ path: `${BILLS}/transfer-bill-no/:transferBillNo`, carryOut: queryTransfer },
  },
  {
    ...{ ...post, operation: 'cancel-transfer', zh: '撤销转账' },
    ...{ path: `${BILLS}/out-bill-no/:outBillNo/cancel`, carryOut: cancelTransfer },
  },
  { ...post, operation: 'ask-receipt', zh: '申请电子回单', path: `${RECEIPTS}/${BY}`, carryOut: askReceipt },
  {
    ...get,
    operation: 'query-receipt',
    zh: '查询电子回单',
    path: `${RECEIPTS}/${BY}/:number`,
    carryOut: queryReceipt,
  },
  {
    ...{ ...get, operation: 'download-receipt', zh: '下载电子回单', anyMerchant: true },
    ...{ path: '/v3/transferbilldownload/elecvoucherfile', carryOut: download },
  },
  {
    ...get,
    operation: 'query-balance',
    zh: '实时余额',
    path: `${FUND}/balance/:accountType`,
    carryOut: queryBalance,
  },
  {
    ...get,
    operation: 'day-end-balance',
    zh: '日终余额',
    path: `${FUND}/dayendbalance/:accountType`,
    carryOut: dayEndBalance,
  },
  { ...get, operation: 'trade-bill', zh: '申请交易账单', path: '/v3/bill/tradebill', carryOut: askTradeBill },
  {
    ...get,
    operation: 'fund-flow-bill',
    zh: '申请资金账单',
    path: '/v3/bill/fundflowbill',
    carryOut: askFundFlowBill,
  },
  {
    ...{ ...get, operation: 'download-bill', zh: '下载账单', anyMerchant: true },
    ...{ path: '/v3/billdownload/file', carryOut: download },
  },
]
