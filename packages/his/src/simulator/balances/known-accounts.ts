import type { PaymentChannel } from '../../balances.ts'

export interface SeededRecharge {
  readonly channel: PaymentChannel
  readonly channelName?: string
  /** Fen. */
  readonly amount: number
  readonly daysAgo: number
  /** Whether the hospital kept the payment's numbers. */
  readonly numbered: boolean
}

export interface SeededAccount {
  readonly recharges: readonly SeededRecharge[]
  /** Fen that were used since. */
  readonly spent?: number
  readonly locked?: { readonly amount: number; readonly reason: string; readonly spendable: boolean }
}

const wechat = (amount: number, daysAgo: number): SeededRecharge => ({
  channel: 'wechat',
  amount,
  daysAgo,
  numbered: true,
})

/** The accounts of the known people, in the order in which their archives are filed. */
export const KNOWN_ACCOUNTS: readonly SeededAccount[] = [
  // 李明华: both routes, and a machine that kept no numbers.
  {
    recharges: [
      { channel: 'cash', amount: 10_000, daysAgo: 700, numbered: false },
      wechat(50_000, 500),
      wechat(30_000, 200),
      { channel: 'wechat', channelName: '自助机', amount: 5_000, daysAgo: 90, numbered: false },
      wechat(20_000, 12),
    ],
    spent: 35_000,
  },
  // 李小宝
  { recharges: [wechat(10_000, 30)] },
  // 赵德福: nothing that could go back by the original route.
  {
    recharges: [
      { channel: 'cash', amount: 80_000, daysAgo: 900, numbered: false },
      { channel: 'bank-card', amount: 20_000, daysAgo: 450, numbered: true },
    ],
  },
  // 孙桂珍: money in two of three archives.
  { recharges: [wechat(12_050, 60)] },
  { recharges: [{ channel: 'cash', amount: 6_600, daysAgo: 1_000, numbered: false }] },
  { recharges: [] },
  // 吴涛: a visit that is not settled.
  {
    recharges: [wechat(40_000, 20)],
    locked: { amount: 15_000, reason: '有一次就诊尚未结算', spendable: false },
  },
  // 吴滔
  { recharges: [{ channel: 'alipay', amount: 8_800, daysAgo: 40, numbered: true }] },
  // John Smith: may use it here, but the hospital keeps a part until the medicine is fetched.
  {
    recharges: [wechat(100_000, 8), { channel: 'alipay', amount: 5_000, daysAgo: 3, numbered: true }],
    locked: { amount: 20_000, reason: '有已开单、尚未取药的处方', spendable: true },
  },
]
