import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { DayRange } from '../balances.ts'
import type { HisPort } from '../port.ts'
import { findOwn, queryOf } from './ask.ts'
import { type ConformanceBench, ConformanceFailure, must, NotOffered } from './check.ts'
import type { OptionalFixture } from './fixtures.ts'

type OptionalGroup = Exclude<keyof HisPort, 'probe' | 'archives' | 'cards'>

const WITHOUT: Readonly<Record<OptionalGroup, string>> = {
  deposits: '线上退预交金要有 deposits 或 deductions',
  deductions: '能冻结（deposits）的 HIS 不需要它',
  balances: '余额和退款不会开放',
  bills: '后台对账没有 HIS 一方',
  schedules: '预约挂号不会开放',
  appointments: '预约挂号不会开放',
  fees: '门诊缴费不会开放',
  reports: '报告查询不会开放',
}

const FIXTURE_WORDS: Readonly<Record<OptionalFixture, string>> = {
  filedUnder15: '按 15 位号码建档的人',
  depositor: '有一元以上可退预交金的人',
  feePayer: '有两笔以上待缴费用的人',
  reportReader: '两年内有报告的人',
}

/** A group of the port; without it the check is left out. */
export function groupOf<G extends OptionalGroup>(
  { port }: ConformanceBench,
  group: G,
): NonNullable<HisPort[G]> {
  const offered = port[group]
  if (!offered) throw new NotOffered(`适配器没有提供 ${group}：${WITHOUT[group]}`)
  return offered
}

/**
 * The patid of a fixture; without the fixture the check is left out, and also if it is not found: that is the failure
 * of `archives.find-fixtures`, and one mistake should not fail thirty checks.
 */
export async function patidOf(bench: ConformanceBench, field: OptionalFixture): Promise<string> {
  const person = bench.fixtures[field]
  if (!person) throw new NotOffered(`没有给出样本 ${field}（${FIXTURE_WORDS[field]}）`)
  const [own] = await findOwn(bench, queryOf(person))
  if (!own) throw new NotOffered(`样本 ${field} 没有查到同名档案`)
  return own.patid
}

/** Days from so many before today to so many after it, by the kit's clock. */
export function daysAround({ clock }: ConformanceBench, before: number, after: number): DayRange {
  const at = (days: number) => shanghaiDay(clock.nowMs() + days * DAY_MS)
  return { from: at(-before), to: at(after) }
}

/** A read that must be refused with a `HisError`; answers the error. */
export async function mustThrow(what: string, read: Promise<unknown>): Promise<{ readonly code: unknown }> {
  const answer = await read.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (answer === undefined) throw new ConformanceFailure(`${what}：没有抛错，应当抛出 HisError`)
  must((answer as Error).name === 'HisError', `${what}：抛出的不是 HisError，而是 ${(answer as Error).name}`)
  return answer as unknown as { readonly code: unknown }
}

/** Whether a text is an instant with its zone, as every time in the port is. */
export function isInstant(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  )
}

export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

export function dayOf(instant: string): string {
  return shanghaiDay(Date.parse(instant))
}

/** A repetition is harmless if it answers yes or lets the caller query. */
export function isHarmless(outcome: { readonly kind: string; readonly code?: string }): boolean {
  return outcome.kind === 'yes' || (outcome.kind === 'no' && outcome.code === 'duplicate')
}
