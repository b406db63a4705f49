import { z } from 'zod'

/** What clerks type, the same for the interface and for the page. */
export const reasonSchema = z
  .string()
  .trim()
  .min(2, '请写原因，至少两个字')
  .max(200, '原因最多 200 个字')
  .describe('原因，不要写个人信息')

export const abnormalSchema = z.object({
  bankType: z
    .string()
    .regex(/^[A-Z0-9_]{2,16}$/, '银行代码是微信的大写代码，如 ICBC_DEBIT')
    .describe('微信的银行代码，如 ICBC_DEBIT'),
  bankAccount: z.string().regex(/^\d{8,30}$/, '银行卡号是 8 至 30 位数字'),
})

export const topUpSchema = z.object({
  amountFen: z.int().min(1, '金额要大于 0').max(10_000_000_000, '金额太大'),
})
export const balanceSchema = z.object({
  balanceFen: z.int().min(0, '余额不能小于 0').max(100_000_000_000, '金额太大'),
})
