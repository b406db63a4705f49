import { z } from 'zod'

/**
 * What a patient does that may be a use of the card. Which of them is reported, and as which 环节, stands in
 * `usage.scenes`: the platform's full table of scenes is not public.
 */
export const USAGE_ACTS = [
  'book-appointment',
  'register-same-day',
  'list-registrations',
  'list-pending-fees',
  'pay-outpatient-fee',
  'list-paid-fees',
  'list-examination',
  'list-lab',
  'list-check-up',
  'list-inpatient-day',
  'list-prescription',
  'list-diagnosis',
  'show-card-code',
] as const
export type UsageAct = (typeof USAGE_ACTS)[number]

/** Reported unless a hospital says otherwise: what the function list names. */
export const DEFAULT_SCENES: Readonly<Partial<Record<UsageAct, string>>> = {
  'book-appointment': '0101011',
  'register-same-day': '0101012',
  'list-registrations': '0101013',
  'pay-outpatient-fee': '0101051',
  'list-paid-fees': '0101052',
  'list-examination': '0101081',
  'list-lab': '0101082',
  'list-check-up': '0101083',
}

const SCENE = /^\d{6,8}$/
const CODE = /^\d{4}$/
/** Leaves an hour for what fails at first: 23:00 is the platform's deadline. */
const LAST_RUN = '22:00'
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 时:分')

const intakeSchema = z.strictObject({
  systemId: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .describe('来源系统的代号'),
  name: z.string().min(1).describe('来源系统的名称，显示在报表上'),
  keyId: z.string().min(1).max(64),
  secretFile: z.string().min(1).describe('存有密钥的文件'),
})

/** 用卡数据上报: what counts, when it is sent, and how carefully. */
export const usageSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('关掉之后只入库，不上报'),
  scenes: z
    .partialRecord(z.enum(USAGE_ACTS), z.string().regex(SCENE).nullable())
    .default({})
    .describe('改变某个操作的环节代码；null 表示不上报。默认见 docs/guides/usage.md'),
  dedupeSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(60)
    .describe('同一用户、就诊人、环节的查询，多少秒内只算一次；0 表示每次都算'),
  costType: z
    .string()
    .regex(CODE)
    .default('0100')
    .describe('费别 cardCostTypes：0100 自费、0200 医保、0300 公费'),
  costScenes: z
    .array(z.string().regex(SCENE))
    .default(['010105', '0101051', '0101053'])
    .describe('必须带费别的环节'),
  departmentScenes: z
    .array(z.string().regex(SCENE))
    .default(['0101011', '0101012'])
    .describe('必须带科室代码的环节'),
  otherDepartment: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .describe('没有对应的科室统一用的代码；不填则等操作员补上对应之后再报'),
  campuses: z
    .record(z.string(), z.string().min(1).max(32))
    .default({})
    .describe('HIS 院区名称 → subHospitalCode'),
  cardType: z.string().min(1).max(8).default('11').describe('用卡类型：11 = 电子健康卡'),
  mode: z
    .enum(['real-time', 'scheduled'])
    .default('real-time')
    .describe('实时，或者每天按 runs 定时；23:00 之后产生的总是实时'),
  runs: z
    .array(time)
    .min(1)
    .max(24)
    .refine((runs) => runs.every((run) => run <= LAST_RUN), `最后一次不能晚于 ${LAST_RUN}`)
    .default(['08:00', '12:00', '16:00', '20:00', '22:00'])
    .describe('定时上报的时刻；最后一次不能晚于 22:00，它之后产生的实时上报'),
  inFlight: z
    .number()
    .int()
    .min(1)
    .max(1_024)
    .default(32)
    .describe('一个网关进程同时在途的上报数；进程被杀时结果不明的不会超过它'),
  ratePerSecond: z.number().min(0.1).max(100_000).default(50).describe('这家医院每秒最多上报多少条'),
  timeoutMs: z.number().int().min(100).max(30_000).default(10_000).describe('一次上报的时限（毫秒）'),
  repeatUnknown: z
    .boolean()
    .default(false)
    .describe('结果不明的是否再报一次：平台没有幂等键，重复上报可能被算两次；不重复就停下等人判断'),
  refusalTries: z.number().int().min(1).max(20).default(3).describe('被平台拒绝几次之后停下等人处理'),
  breakerFailures: z.number().int().min(1).max(1_000).default(20).describe('连续失败几次之后暂停上报'),
  breakerSeconds: z.number().int().min(1).max(600).default(30).describe('暂停多少秒再试一条'),
  retentionDays: z.number().int().min(7).max(1_000).default(180).describe('用卡事件保留的天数'),
  intakeDays: z.number().int().min(0).max(30).default(3).describe('其他系统推送时，最多补报多少天以前的'),
  intake: z.array(intakeSchema).default([]).describe('可以推送用卡事件的其他系统'),
})
