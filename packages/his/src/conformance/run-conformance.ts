import { randomUUID } from 'node:crypto'
import { to15Digits } from '@zhangyi/core'
import type { HisPort } from '../port.ts'
import { type ConformanceBench, type ConformanceCheck, ConformanceFailure, NotOffered } from './check.ts'
import { CHECKS } from './checks.ts'
import type { ConformanceFixtures } from './fixtures.ts'
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
}

/** Puts an adapter through every check, one after the other. It creates archives: only for a test environment. */
export async function runConformance(
  port: HisPort,
  fixtures: ConformanceFixtures,
  { timeLimitMs = DEFAULT_TIME_LIMIT_MS, random = Math.random }: ConformanceOptions = {},
): Promise<readonly ConformanceResult[]> {
  const people = new FreshPeople(random)
  const bench: ConformanceBench = {
    ...listenToPort(port, timeLimitMs),
    fixtures,
    people,
    timeLimitMs,
    secrets: () => secretsOf(fixtures, people),
    newKey: () => `conformance-${randomUUID()}`,
  }
  const results: ConformanceResult[] = []
  for (const check of CHECKS) results.push(await runCheck(check, bench))
  return results
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
  const known = [fixtures.oneArchive, fixtures.severalArchives, fixtures.filedUnder15]
  const texts = [
    ...known.flatMap((person) => (person ? [person.name, person.idNumber] : [])),
    ...made.flatMap(({ name, idNumber, phone }) => [name, idNumber, phone]),
  ]
  return texts.flatMap((text) => [text, /^\d{17}[\dX]$/.test(text) ? (to15Digits(text) ?? text) : text])
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '[已隐藏]'), text)
}
