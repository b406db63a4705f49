/** Every call of this client. Paths hold `{name}` where a number goes; GET unless it says otherwise. */
export const ENDPOINTS = {
  'jsapi-prepay': '/v3/pay/transactions/jsapi',
  'jsapi-query': '/v3/pay/transactions',
  'jsapi-close': '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
  'transfer-create': '/v3/fund-app/mch-transfer/transfer-bills',
  'transfer-query': '/v3/fund-app/mch-transfer/transfer-bills',
  'transfer-cancel': '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}/cancel',
  'receipt-ask': '/v3/fund-app/mch-transfer/elecsign',
  'receipt-read': '/v3/fund-app/mch-transfer/elecsign',
  'receipt-download': '/v3/transferbilldownload/elecvoucherfile',
  'refund-create': '/v3/refund/domestic/refunds',
  'refund-query': '/v3/refund/domestic/refunds/{out_refund_no}',
  'refund-abnormal': '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
  balance: '/v3/merchant/fund/balance/{account_type}',
  'day-end-balance': '/v3/merchant/fund/dayendbalance/{account_type}',
  'trade-bill': '/v3/bill/tradebill',
  'fund-flow-bill': '/v3/bill/fundflowbill',
  'bill-download': '/v3/billdownload/file',
  certificates: '/v3/certificates',
} as const

export type Endpoint = keyof typeof ENDPOINTS

/** The calls that change something; each is prepared, stored and then sent. */
export type ChangingEndpoint =
  | 'jsapi-prepay'
  | 'jsapi-close'
  | 'transfer-create'
  | 'transfer-cancel'
  | 'receipt-ask'
  | 'refund-create'
  | 'refund-abnormal'

const CHANGING: ReadonlySet<string> = new Set<ChangingEndpoint>([
  'jsapi-prepay',
  'jsapi-close',
  'transfer-create',
  'transfer-cancel',
  'receipt-ask',
  'refund-create',
  'refund-abnormal',
])

export function isChangingEndpoint(name: string): name is ChangingEndpoint {
  return CHANGING.has(name)
}
