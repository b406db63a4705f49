import { randomUUID } from 'node:crypto'
import { type Clock, systemClock, to15Digits } from '@zhangyi/core'
import type { HisPort } from '../port.ts'
import {
  type ConformanceBench,
  type ConformanceCheck,
  ConformanceFailure,
  type LoseReply,
  NotOffered,
  type PassTime,
} from './check.ts'
import { CHECKS } from './checks.ts'
import type { ConformanceFixtures, KnownPerson } from './fixtures.ts'
import { FreshPeople } from './fresh-people.ts'
import { listenToPort } from './listen-to-port.ts'

const DEFAULT_TIME_LIMIT_MS = 5_000

export interface ConformanceResult {
  readonly name: string
  readonly zh: string
  readonly status: 'passed' | 'failed' | 'not-offered'
  /** What was seen and what it means for the patient, or what is missing; without personal data. */
  readonly why?: string
}

export interface ConformanceOptions {
  /** For each call. */
  readonly timeLimitMs?: number
  /** Where made-up people come from; a HIS that keeps its archives must never see the same sequence twice. */
  readonly random?: () => number
  /** Tells how old a made-up child is and which day is today. */
  readonly clock?: Clock
  /** Names of checks (`archives.create-child`) or of groups (`archives`); every check when absent. */
  readonly only?: readonly string[]
  /** How to lose a reply, if there is a way; the checks of lost replies are left out when absent. */
  readonly loseReply?: LoseReply
  /** How to move the HIS's clock, if there is a way; `clock` must move with it. */
  readonly passTime?: PassTime
}

/**
 * Puts an adapter through every check, one after the other. It creates archives, takes some fen from the depositor and
 * pays bills of the fee payer: only for a test environment.
 */
export async function runConformance(
  port: HisPort,
  fixtures: ConformanceFixtures,
  options: ConformanceOptions = {},
): Promise<readonly ConformanceResult[]> {
  const { timeLimitMs = DEFAULT_TIME_LIMIT_MS, random = Math.random, clock = systemClock } = options
  const checks = chosen(options.only)
  const people = new FreshPeople(random, clock)
  const bench: ConformanceBench = {
    ...listenToPort(port, timeLimitMs),
    fixtures,
    people,
    timeLimitMs,
    loseReply: options.loseReply,
    passTime: options.passTime,
    clock,
    paidAt: new Date(clock.nowMs()).toISOString(),
    secrets: () => secretsOf(fixtures, people),
    newKey: () => `conformance-${randomUUID()}`,
  }
  const results: ConformanceResult[] = []
  for (const check of checks) results.push(await runCheck(check, bench))
  return results
}

function chosen(only: readonly string[] | undefined): readonly ConformanceCheck[] {
  if (only === undefined) return CHECKS
  const fits = (one: string, name: string) => name === one || name.startsWith(`${one}.`)
  // A mistyped name would otherwise run nothing, and that would look like success.
  const unknown = only.find((one) => !CHECKS.some(({ name }) => fits(one, name)))
  if (unknown !== undefined || only.length === 0)
    throw new Error(`没有名为「${unknown ?? ''}」的检查；有：${CHECKS.map(({ name }) => name).join('、')}`)
  return CHECKS.filter(({ name }) => only.some((one) => fits(one, name)))
}

async function runCheck(check: ConformanceCheck, bench: ConformanceBench): Promise<ConformanceResult> {
  const { name, zh, because } = check
  try {
    await check.run(bench)
    return { name, zh, status: 'passed' }
  } catch (error) {
    if (error instanceof NotOffered) return { name, zh, status: 'not-offered', why: error.message }
    const seen = error instanceof ConformanceFailure ? error.message : `抛出了 ${String(error)}`
    return { name, zh, status: 'failed', why: `${hide(seen, bench.secrets())}\n${because}` }
  }
}

function secretsOf(fixtures: ConformanceFixtures, { made }: FreshPeople): readonly string[] {
  const known: readonly (KnownPerson | undefined)[] = Object.values(fixtures)
  const texts = [
    ...known.flatMap((person) => (person ? [person.name, person.idNumber] : [])),
    ...made.flatMap(({ name, idNumber, phone }) => [name, idNumber, phone]),
  ]
  return texts.flatMap((text) => [text, /^\d{17}[\dX]$/.test(text) ? (to15Digits(text) ?? text) : text])
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '[已隐藏]'), text)
}
