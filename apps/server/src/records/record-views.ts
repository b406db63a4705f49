import { z } from 'zod'

/** `lab` 检验 · `examination` 检查 · `check-up` 体检 · `inpatient-day` 住院日清单 · `prescription` 处方 · `diagnosis` 诊断 */
export const RECORD_KINDS = [
  'lab',
  'examination',
  'check-up',
  'inpatient-day',
  'prescription',
  'diagnosis',
] as const

/** How a value stands, in the words that the page shows beside it. */
export const MARKS = ['low', 'normal', 'high', 'abnormal', 'critical', 'unmarked'] as const

const grant = z.object({
  assurance: z.enum(['real-person', 'proxy', 'trusted', 'fallback']),
  expiresAt: z.iso.datetime(),
})

const recordSummarySchema = z.object({
  key: z.string().describe('只对这位用户的这位就诊人有效，猜不出来'),
  title: z.string(),
  departmentName: z.string().nullable(),
  reportedAt: z.iso.datetime(),
  abnormal: z.boolean().nullable().describe('医院没有说明时为 null'),
  modality: z.string().nullable().describe('检查类别的中文名，如 CT、超声'),
})

export const recordListSchema = z.object({
  kind: z.enum(RECORD_KINDS),
  patient: z.object({ id: z.string(), name: z.string() }),
  from: z.iso.date(),
  to: z.iso.date(),
  records: z.array(recordSummarySchema),
  grant,
})
export type RecordList = z.infer<typeof recordListSchema>

export const explanationSchema = z.object({
  what: z.string().describe('这个指标是什么'),
  direction: z.string().nullable().describe('偏高或偏低时常见的情况；不是诊断'),
  tableVersion: z.string(),
})

const indicatorSchema = z.object({
  id: z.string().describe('查趋势时用'),
  name: z.string(),
  value: z.string(),
  unit: z.string().nullable(),
  referenceRange: z.string().nullable(),
  mark: z.enum(MARKS),
  markText: z.string().describe('如「偏高 ↑」；没有标记时为空'),
  /** Only where value and bounds are plain numbers. */
  number: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  explanation: explanationSchema.nullable(),
})

export const recordDetailSchema = z.object({
  kind: z.enum(RECORD_KINDS),
  key: z.string(),
  patient: z.object({ id: z.string(), name: z.string() }),
  title: z.string(),
  departmentName: z.string().nullable(),
  doctorName: z.string().nullable(),
  reportedAt: z.iso.datetime(),
  modality: z.string().nullable(),
  abnormalCount: z.number().int(),
  indicators: z.array(indicatorSchema),
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
  lines: z.array(
    z.object({
      name: z.string(),
      specification: z.string().nullable(),
      quantity: z.string().nullable(),
      usage: z.string().nullable(),
      amountFen: z.number().int().nullable(),
    }),
  ),
  totalFen: z.number().int().nullable().describe('有金额的各行之和，单位分'),
  /** For the platform's component in the mini program; null where the patient has no card. */
  interpretation: z
    .object({ scene: z.string(), hospitalId: z.string(), healthCardId: z.string(), openId: z.string() })
    .nullable(),
  grant,
})
export type RecordDetail = z.infer<typeof recordDetailSchema>

export const trendSchema = z.object({
  name: z.string(),
  unit: z.string().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  points: z
    .array(
      z.object({
        reportedAt: z.iso.datetime(),
        value: z.string(),
        number: z.number(),
        mark: z.enum(MARKS),
        markText: z.string(),
      }),
    )
    .describe('从早到晚；单位不同的不画在一起'),
})
export type Trend = z.infer<typeof trendSchema>
