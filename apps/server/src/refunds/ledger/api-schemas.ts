import { z } from 'zod'
import { AGES } from './ledger-summary.ts'
import { BALANCE_STATES } from './list-balances.ts'
import { BALANCE_PROBLEMS } from './problems.ts'
import { REFUNDED_WAYS } from './tables.ts'

const count = z.number()
const atMs = z.number()
const source = z.enum(['file', 'query'])
const problem = z.enum(BALANCE_PROBLEMS)

export const daySchema = z.string().regex(/^(19|20)\d\d-\d\d-\d\d$/, '日期写成 年-月-日')

export const summarySchema = z.object({
  ...{ totalCount: count, totalFen: count.describe('曾经欠的全部：未清、已退和其他方式结清之和') },
  ...{ toldCount: count, refundedCount: count, refundedFen: count },
  ...{ clearedCount: count, elsewhereFen: count.describe('其他方式结清：就诊用掉，或在窗口退了') },
  ...{ openCount: count, openFen: count, toCleanCount: count, toCleanFen: count },
  ages: z.array(z.object({ age: z.enum(AGES), count, fen: count })),
})

export const pageSchema = z.object({
  after: z.string().min(1).max(300).optional().describe('上一页答复里的 next；看不出是谁'),
  limit: z.int().min(1).max(200).default(50),
})
export const filterSchema = z.object({
  state: z.enum(BALANCE_STATES).optional(),
  minFen: z.int().min(0).optional(),
  sinceBefore: daySchema.optional().describe('余额产生在这一天之前'),
  problem: problem.optional(),
  patid: z.string().min(1).max(64).optional(),
  idNumber: z.string().min(1).max(40).optional(),
  card: z.string().min(1).max(64).optional(),
})
export const problemSchema = problem

export const balancesSchema = z.object({
  balances: z.array(
    z.object({
      key: z.string().describe('这一份档案的代号，可以放在地址里；看不出是谁'),
      ...{
        patid: z.string(),
        name: z.string().describe('遮盖之后'),
        idNumber: z.string(),
        phone: z.string(),
      },
      ...{ card: z.string(), balanceFen: count, since: z.string().nullable(), source },
      ...{ firstToldAtMs: atMs.nullable(), toldAtMs: atMs.nullable(), toldHow: z.string().nullable() },
      ...{ refundedFen: count, refundedAtMs: atMs.nullable(), refundedWays: z.array(z.enum(REFUNDED_WAYS)) },
      ...{ elsewhereFen: count, clearedAtMs: atMs.nullable(), problems: z.array(problem) },
      askedAtMs: atMs.nullable(),
      askedProblem: z.string().nullable().describe('最近一次向 HIS 查询没有答复的原因'),
    }),
  ),
  next: z.string().nullable(),
})

export const progressSchema = z.object({
  days: z.array(
    z.object({
      ...{ day: z.string(), told: count, refundedCount: count, refundedFen: count, cleared: count },
      ...{ openCount: count.nullable().describe('当天结束时未清的档案'), openFen: count.nullable() },
    }),
  ),
})

export const runsSchema = z.object({
  runs: z.array(
    z.object({
      ...{ id: z.string(), source, state: z.enum(['running', 'done', 'abandoned']), by: z.string() },
      ...{ whole: z.boolean(), asOfMs: atMs, rows: count, done: count, added: count, changed: count },
      ...{ cleared: count, failed: count, totalFen: count },
      ...{ startedAtMs: atMs, finishedAtMs: atMs.nullable() },
    }),
  ),
})

export const importedSchema = z.object({
  runId: z.string(),
  repeated: z.boolean().describe('和上一次是同一份文件，没有改动'),
  ...{ rows: count, totalFen: count, added: count, changed: count, cleared: count, toClean: count },
})

export const refreshedSchema = z.object({
  ...{ asked: count, changed: count, cleared: count, failed: count },
  stopped: z.boolean().describe('HIS 接连没有答复，没有再问下去'),
})
