import { z } from 'zod'

/** 挂号与缴费. */
export const visitsSchema = z.strictObject({
  daysAhead: z.number().int().min(0).max(60).default(7).describe('最远可以约到几天以后；0 表示只开当日挂号'),
  payMinutes: z
    .number()
    .int()
    .min(2)
    .max(120)
    .default(15)
    .describe('下单之后多少分钟之内付款；HIS 的锁号更早到期时以锁号为准'),
  maxUnpaid: z.number().int().min(1).max(20).default(3).describe('每个用户最多同时占着几个没有付款的号'),
})
