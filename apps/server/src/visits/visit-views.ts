import { z } from 'zod'

/** What the patient app sees of departments, slots, orders and their records. Money is integer fen, instants ISO 8601. */

const fenSchema = z.number().int().describe('分')
const daySchema = z.string().describe('年-月-日')
export const PERIODS = ['morning', 'afternoon', 'evening'] as const
export const ORDER_KINDS = ['appointment', 'same-day', 'outpatient-fee'] as const

/**
 * - `to-pay`: the slot is kept, or the bills are taken, until `expiresAt`.
 * - `confirming`: paid (or free of charge); the hospital has not said yes or no. Nothing to do but to wait.
 * - `done`: the hospital has it.
 * - `closed`: never paid, or given up before.
 * - `refunding`, `refunded`: paid, the hospital refused, the money goes back by itself.
 * - `cancelling`: the patient cancelled; the hospital has not answered yet, or the money is on its way.
 * - `cancelled`: cancelled, and what was paid is back.
 */
export const ORDER_STATES = [
  'to-pay',
  'confirming',
  'done',
  'closed',
  'refunding',
  'refunded',
  'cancelling',
  'cancelled',
] as const

export const departmentsSchema = z.object({
  departments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      parentId: z.string().nullable(),
      campus: z.string().nullable(),
      location: z.string().nullable(),
    }),
  ),
})

export const doctorsSchema = z.object({
  doctors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string().nullable().describe('职称'),
      introduction: z.string().nullable(),
    }),
  ),
})

export const slotsSchema = z.object({
  today: daySchema,
  lastDay: daySchema.describe('最远可以约到哪一天'),
  payMinutes: z.number().int().describe('锁号之后，最多有多少分钟付款'),
  slots: z.array(
    z.object({
      id: z.string(),
      departmentId: z.string(),
      departmentName: z.string(),
      doctorId: z.string().nullable().describe('没有：普通号'),
      doctorName: z.string().nullable(),
      day: daySchema,
      period: z.enum(PERIODS),
      startsAt: z.string().nullable().describe('时:分'),
      endsAt: z.string().nullable(),
      feeFen: fenSchema,
      remaining: z.number().int(),
    }),
  ),
})

/** An order of this app: a booking or a payment, from its beginning to its end. */
export const visitOrderSchema = z.object({
  id: z.string(),
  kind: z.enum(ORDER_KINDS),
  state: z.enum(ORDER_STATES),
  patientName: z.string().describe('已隐去中间的字'),
  title: z.string().describe('科室和医生，或费用名称'),
  feeFen: fenSchema,
  createdAt: z.string(),
  expiresAt: z.string().nullable().describe('在此之前付款'),
  message: z.string().describe('现在怎样、接下来怎么办'),
  visit: z
    .object({
      departmentName: z.string(),
      doctorName: z.string().nullable(),
      day: daySchema,
      period: z.enum(PERIODS),
      startsAt: z.string().nullable(),
      queueNumber: z.string().nullable().describe('就诊序号'),
      location: z.string().nullable(),
    })
    .nullable()
    .describe('挂号'),
  fee: z
    .object({
      departmentName: z.string(),
      items: z.array(
        z.object({
          name: z.string(),
          specification: z.string().nullable(),
          quantity: z.string(),
          amountFen: fenSchema,
        }),
      ),
      receiptNumber: z.string().nullable(),
      guidance: z.string().nullable().describe('下一步去哪里'),
    })
    .nullable()
    .describe('缴费'),
  refund: z
    .object({
      amountFen: fenSchema,
      state: z.enum(['under-way', 'done', 'needs-person']),
      account: z.string().nullable().describe('退到哪里'),
    })
    .nullable(),
  cancellable: z.boolean().describe('现在能不能退号'),
})
export type VisitOrder = z.infer<typeof visitOrderSchema>

export const visitOrdersSchema = z.object({ orders: z.array(visitOrderSchema) })

/** 挂号记录, as the HIS has them: also those that were made at the window. */
export const registrationsSchema = z.object({
  registrations: z.array(
    z.object({
      kind: z.enum(['appointment', 'same-day']),
      departmentName: z.string(),
      doctorName: z.string().nullable(),
      day: daySchema,
      period: z.enum(PERIODS),
      startsAt: z.string().nullable(),
      queueNumber: z.string().nullable(),
      location: z.string().nullable(),
      feeFen: fenSchema,
      state: z.enum(['booked', 'visited', 'cancelled', 'missed']),
      orderId: z.string().nullable().describe('这位用户在这里挂的号；没有：在别处挂的，不能在这里退'),
    }),
  ),
})

export const pendingFeesSchema = z.object({
  bills: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      departmentName: z.string(),
      doctorName: z.string().nullable(),
      amountFen: fenSchema,
      createdAt: z.string(),
      items: z.array(
        z.object({
          name: z.string(),
          specification: z.string().nullable(),
          quantity: z.string(),
          amountFen: fenSchema,
        }),
      ),
      orderId: z.string().nullable().describe('这位用户有一个没有办完的缴费：先打开它'),
    }),
  ),
})

/** 缴费记录, as the HIS has them. */
export const paidFeesSchema = z.object({
  payments: z.array(
    z.object({
      title: z.string(),
      departmentName: z.string(),
      amountFen: fenSchema,
      paidAt: z.string(),
      receiptNumber: z.string().nullable(),
      guidance: z.string().nullable(),
      items: z.array(
        z.object({
          name: z.string(),
          specification: z.string().nullable(),
          quantity: z.string(),
          amountFen: fenSchema,
        }),
      ),
    }),
  ),
})

/** Arguments of `wx.requestPayment`, or of `getBrandWCPayRequest` with `appId`. */
export const paymentSchema = z.object({
  payment: z
    .object({
      appId: z.string(),
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      signType: z.literal('RSA'),
      paySign: z.string(),
    })
    .nullable()
    .describe('没有：不用付款，已经在办'),
  cashierUrl: z.string().nullable().describe('仅开发模式：代替微信收银台的网页，加上 return 参数打开'),
})
