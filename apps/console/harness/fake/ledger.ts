import { NOW_MS } from './world.ts'

const DAY = 86_400_000
const NAMES = ['李*华', '赵*福', '王*', '孙*珍', '', '周*兰', '阿*·买买提'] as const

export function fakeSummary() {
  return {
    ...{ totalCount: 48_211, totalFen: 1_984_302_150, toldCount: 21_904, refundedCount: 12_377 },
    ...{ refundedFen: 618_204_330, clearedCount: 15_020, elsewhereFen: 92_110_400 },
    ...{ openCount: 33_191, openFen: 1_273_987_420, toCleanCount: 4_082, toCleanFen: 88_410_250 },
    ages: [
      { age: 'under-1', count: 3_120, fen: 98_220_110 },
      { age: '1-to-3', count: 8_804, fen: 322_104_800 },
      { age: '3-to-5', count: 12_067, fen: 480_992_310 },
      { age: 'over-5', count: 8_911, fen: 361_240_200 },
      { age: 'unknown', count: 289, fen: 11_430_000 },
    ],
  }
}

export function fakeProgress(from: string, to: string) {
  const first = Date.parse(`${from}T00:00:00Z`)
  const count = Math.min(400, (Date.parse(`${to}T00:00:00Z`) - first) / DAY + 1)
  return {
    days: Array.from({ length: count }, (_, index) => ({
      day: new Date(first + index * DAY).toISOString().slice(0, 10),
      ...{ told: (index * 137) % 900, refundedCount: 20 + ((index * 53) % 180) },
      ...{ refundedFen: 1_200_000 + ((index * 977_413) % 6_300_000), cleared: 25 + ((index * 31) % 200) },
      ...{ openCount: 36_000 - index * 90, openFen: 1_420_000_000 - index * 4_800_000 },
    })),
  }
}

function fakeBalance(index: number) {
  const isRefunded = index % 4 === 1
  const isTold = index % 3 !== 0
  const isCleared = index % 8 === 5
  const hasId = index % 5 !== 4
  return {
    ...{
      key: `b${index.toString(16).padStart(23, '0')}`,
      patid: `P${String(12_093 + index * 37).padStart(7, '0')}`,
    },
    name: NAMES[index % NAMES.length],
    ...{ idNumber: hasId ? '330102********2210' : '', phone: index % 6 === 2 ? '' : '138****0210' },
    ...{ card: '****0931', balanceFen: isCleared ? 0 : 1_285_050 - index * 9_137 },
    since: index % 7 === 6 ? null : `20${String(12 + (index % 13)).padStart(2, '0')}-06-01`,
    source: index % 2 === 0 ? 'file' : 'query',
    firstToldAtMs: isTold ? NOW_MS - 40 * DAY : null,
    toldAtMs: isTold ? NOW_MS - (index % 9) * DAY : null,
    toldHow: isTold ? 'assistant' : null,
    refundedFen: isRefunded ? 38_650 : 0,
    refundedAtMs: isRefunded ? NOW_MS - 2 * DAY : null,
    refundedWays: isRefunded ? ['transfer', ...(index % 3 === 0 ? ['offline'] : [])] : [],
    ...{ elsewhereFen: isCleared ? 2_000 : 0, clearedAtMs: isCleared ? NOW_MS - DAY : null },
    problems: [...(hasId ? [] : ['no-id']), ...(index % 6 === 2 ? ['no-phone'] : [])],
    ...{ askedAtMs: index % 2 === 1 ? NOW_MS - DAY : null, askedProblem: null },
  }
}

const BALANCES = 90
const PAGE = 50

/** As the search and the cleaning list answer. */
export function fakeBalances(body: Readonly<Record<string, unknown>>, isCleaning: boolean) {
  const filter = (body['filter'] ?? {}) as Readonly<Record<string, unknown>>
  const all = Array.from({ length: BALANCES }, (_, index) => fakeBalance(index)).filter(
    (one) =>
      (!isCleaning || one.problems.length > 0) &&
      (!body['problem'] || one.problems.includes(String(body['problem']))) &&
      (!filter['patid'] || one.patid === filter['patid']) &&
      (!filter['idNumber'] || one.key.endsWith('1')) &&
      (filter['state'] !== 'cleared' || one.clearedAtMs !== null),
  )
  const start = Number(body['after'] ?? 0)
  const end = start + PAGE
  return { balances: all.slice(start, end), next: end < all.length ? String(end) : null }
}

export function fakeRuns() {
  const run = (index: number, more: object) => ({
    ...{ id: `brun_${index}`, source: 'file', state: 'done', by: 'wang-03', whole: true },
    ...{ asOfMs: NOW_MS - index * 7 * DAY, rows: 48_211, done: 48_211, added: 120, changed: 3_402 },
    ...{ cleared: 810, failed: 0, totalFen: 1_273_987_420, startedAtMs: NOW_MS - index * 7 * DAY },
    finishedAtMs: NOW_MS - index * 7 * DAY + 42_000,
    ...more,
  })
  return {
    runs: [
      run(0, { source: 'query', rows: 150, done: 150, added: 0, changed: 12, cleared: 4, failed: 2 }),
      run(1, {}),
      run(2, { whole: false, rows: 1_204, done: 1_204 }),
      run(3, { state: 'abandoned', done: 12_000 }),
    ],
  }
}
