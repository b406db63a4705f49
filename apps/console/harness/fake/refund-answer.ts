import type { Answer } from './answer.ts'
import { fakeCase, fakeCounter, fakeFunds, fakeRefunds, fakeSummary } from './refunds.ts'

/** What of the contract is about refunds; undefined: it is about something else. */
export function refundAnswer(asked: string, url: URL, body: Record<string, string>): Answer | undefined {
  const one = /^GET \/refunds\/cases\/(\w+)$/.exec(asked)
  if (one) {
    const found = fakeCase(one[1] ?? '')
    return found ? { status: 200, body: found } : undefined
  }
  const act = /^POST \/refunds\/legs\/\w+\/([a-z-]+(?:\/decision)?)$/.exec(asked)
  if (act) return { status: 200, body: { state: DONE[act[1] ?? ''] ?? 'done' } }
  switch (asked) {
    case 'GET /refunds/cases':
      return { status: 200, body: fakeRefunds(url.searchParams) }
    case 'GET /refunds/summary':
      return { status: 200, body: fakeSummary() }
    case 'GET /refunds/funds':
      return { status: 200, body: fakeFunds() }
    case 'POST /refunds/funds/top-up':
    case 'POST /refunds/funds/balance':
    case 'POST /refunds/stop':
      return { status: 200, body: { state: 'noted' } }
    case 'POST /counter/refunds':
      return { status: 200, body: fakeCounter(body['number'] ?? '') }
    default:
      return undefined
  }
}

const DONE: Readonly<Record<string, string>> = {
  ...{ reissue: 'reissued', 'reissue/decision': 'reissued', 'give-back': 'released', abnormal: 'accepted' },
  ...{ window: 'waiting', 'window/decision': 'settled', 'contradiction-done': 'marked' },
}
