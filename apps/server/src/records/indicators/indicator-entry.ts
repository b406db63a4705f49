import { z } from 'zod'

const text = (what: string) => z.string().trim().min(1).describe(what)
const words = z.array(z.string().trim().min(1))

/** One indicator of the table. `check-indicator-table.ts` holds what goes beyond the shape. */
const indicatorEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  group: text('组，如 血常规'),
  specimen: z.enum(['blood', 'urine', 'body']).describe('body：在身上量的，如血压'),
  /** Names and codes that mean this indicator by themselves, whatever the unit. */
  words: words.default([]),
  /** Names and codes that mean this indicator only with one of `units`: `WBC` is counted in blood and in urine. */
  shared: words.default([]),
  units: words.default([]),
  /** Codes that go with this indicator and do not contradict its name, though they mean another one by themselves. */
  codes: words.default([]),
  what: text('这个指标是什么'),
  high: text('偏高时'),
  low: text('偏低时'),
  /** For a value that is marked abnormal without a side, e.g. 阳性. */
  abnormal: text('异常时'),
})
export type IndicatorEntry = z.output<typeof indicatorEntrySchema>

export const indicatorTableSchema = z.strictObject({
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/),
  reviewedBy: text('审核的医师'),
  /** Null as long as no physician has signed. */
  reviewedOn: z.iso.date().nullable(),
  source: text('依据'),
  entries: z.array(indicatorEntrySchema).min(1).max(2_000),
})
export type IndicatorTable = z.output<typeof indicatorTableSchema>
