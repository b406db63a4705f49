import { z } from 'zod'
import { USAGE_ACTS } from '../../platform/hospitals/usage-config.ts'
import { isDay } from '../completeness/days-between.ts'
import { SCENE_STATES } from '../completeness/scene-state.ts'
import { EVENT_STATES, PARK_REASONS } from '../tables.ts'

export const reasonSchema = z.enum(PARK_REASONS)
export const daySchema = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d$/, '日期写成 年-月-日')
  .refine(isDay, '没有这一天')
export const sceneSchema = z.string().regex(/^\d{6,8}$/, '环节代码是 6 至 8 位数字')

export const completenessSchema = z.object({
  day: z.string(),
  scenes: z.array(
    z.object({
      ...{ scene: z.string(), name: z.string(), state: z.enum(SCENE_STATES) },
      acts: z.array(z.object({ act: z.enum(USAGE_ACTS), name: z.string(), count: z.number() })),
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
  departments: z
    .array(
      z.object({
        ...{ departmentId: z.string(), name: z.string(), code: z.string().nullable() },
        ...{ stored: z.number(), delivered: z.number(), pending: z.number(), parked: z.number() },
      }),
    )
    .describe('有科室的事件（挂号），没有报完的在前，最多 500 个'),
})

export const trendSchema = z.object({
  days: z.array(
    z.object({
      ...{ day: z.string(), stored: z.number(), delivered: z.number() },
      waiting: z.number().describe('待上报和停下的'),
    }),
  ),
})

export const nowSchema = z.object({
  ...{ nowMs: z.number(), day: z.string(), deadlineMs: z.number().describe('今天 23:00') },
  waiting: z.number().describe('今天还会自动上报的'),
  nextAtMs: z.number().nullable().describe('其中最早的一个什么时候报；已经过去就是正在报'),
  ...{ enabled: z.boolean(), mode: z.enum(['real-time', 'scheduled']), runs: z.array(z.string()) },
  ...{ ratePerSecond: z.number(), inFlight: z.number(), repeatUnknown: z.boolean() },
  scenes: z.array(z.object({ scene: z.string(), name: z.string() })).describe('有名称的环节，供选择'),
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
      ...{ sceneName: z.string(), todo: z.string().describe('发生了什么、接下来怎么办') },
      mayCountTwice: z.boolean().describe('重新上报可能被平台算两次'),
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

const eventSchema = z.object({
  number: z.string().describe('日期和序号，如 20261128-1042'),
  ...{ scene: z.string(), sceneName: z.string(), sourceName: z.string().describe('掌医，或推送的系统') },
  ...{ occurredAtMs: z.number(), afterCutoff: z.boolean(), late: z.boolean() },
  ...{ departmentId: z.string().nullable(), departmentName: z.string().nullable() },
  ...{ state: z.enum(EVENT_STATES), reason: reasonSchema.nullable() },
  code: z.string().nullable().describe('平台最近一次的返回码，或没有答复的原因；by-hand：人工确认'),
  ...{ attempts: z.number(), nextActionAtMs: z.number().nullable(), requestId: z.string().nullable() },
})
export const eventsSchema = z.object({ events: z.array(eventSchema), next: z.string().nullable() })
export const eventDetailSchema = eventSchema.extend({
  ...{ unknowns: z.number(), refusals: z.number(), deadlineMs: z.number().describe('在此之前报完是按时') },
  ...{ firstRefusedAtMs: z.number().nullable(), sentAtMs: z.number().nullable() },
  ...{ tookMs: z.number().nullable(), todo: z.string().nullable().describe('停下的：接下来怎么办') },
  told: z
    .object({
      ...{ department: z.string().nullable(), campus: z.string().nullable() },
      ...{ cardChannel: z.string(), costTypes: z.string().nullable() },
    })
    .nullable()
    .describe('上报的内容，没有卡号和人'),
})
