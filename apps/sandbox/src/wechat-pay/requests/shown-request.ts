import type { ReceivedRequest } from './carry-out.ts'

/** For the list of calls. Sandbox data is made up, so nothing is masked. */
export function shownRequest({ method, url, headers, raw }: ReceivedRequest): object {
  return { method, url, headers, body: shownBody(raw) }
}

export function shownBody(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return raw.toString('utf8').slice(0, 2_000)
  }
}
