import { z } from 'zod'
import { USAGE_ACTS } from '../../platform/hospitals/usage-config.ts'
import { PARK_REASONS } from '../tables.ts'

export const reasonSchema = z.enum(PARK_REASONS)
export const daySchema = z.string().regex(/^20\d\d-\d\d-\d\d$/, '日期写成 年-月-日')
export const sceneSchema = z.string().regex(/^\d{6,8}$/, '环节代码是 6 至 8 位数字')

export const completenessSchema = z.object({
  day: z.string(),
  scenes: z.array(
    z.object({
      scene: z.string(),
      acts: z.array(z.object({ act: z.enum(USAGE_ACTS), count: z.number() })),
      successes: z.number().nullable().describe('HIS 成功数，按各房间自己的记录；只有推送的环节为 null'),
      stored: z.number(),
      own: z.number().describe('其中本应用自己的，其余是推送的'),
      ...{ merged: z.number(), delivered: z.number(), byHand: z.number(), late: z.number() },
      ...{ afterCutoff: z.number(), pending: z.number(), stuck: z.number(), noCard: z.number() },
      parked: z.number(),
      parkedBy: z.partialRecord(reasonSchema, z.number()),
      maybeTwice: z.number(),
      gap: z.number().nullable().describe('HIS 成功了而没有入库的'),
      platform: z.number().nullable(),
      difference: z.number().nullable(),
    }),
  ),
})

export const departmentsSchema = z.object({
  departments: z.array(
    z.object({
      ...{ departmentId: z.string(), name: z.string(), code: z.string().nullable() },
      ...{ seenAtMs: z.number(), waiting: z.number() },
    }),
  ),
})
export const mappedSchema = z.object({ changed: z.number(), released: z.number() })

export const choiceSchema = z.object({
  ...{ day: daySchema, scene: sceneSchema, reason: reasonSchema, code: z.string().max(60).nullable() },
})
export const parkedSchema = z.object({
  groups: z.array(
    z.object({
      ...{ day: z.string(), scene: z.string(), reason: reasonSchema, code: z.string().nullable() },
      ...{ count: z.number(), firstAtMs: z.number(), lastAtMs: z.number() },
    }),
  ),
})
export const doneSchema = z.object({ count: z.number() })

export const alarmsSchema = z.object({
  alarms: z.array(
    z.object({
      ...{ day: z.string(), time: z.string(), raisedAtMs: z.number() },
      ...{ pending: z.number(), parked: z.number(), unmapped: z.number(), missing: z.number() },
    }),
  ),
  delivery: z.object({
    ...{ pausedUntilMs: z.number().nullable(), lastYesAtMs: z.number().nullable() },
    ...{ lastProblem: z.string().nullable(), lastProblemAtMs: z.number().nullable() },
  }),
})
