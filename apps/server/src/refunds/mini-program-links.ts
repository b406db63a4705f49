import { HOUR_MS, SECOND_MS } from '@zhangyi/core'
import { generateUrlLink } from '@zhangyi/wechat'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { RefundsRoom } from './room.ts'

type Parts = Pick<RefundsRoom, 'clients' | 'clock' | 'hospitals' | 'log' | 'settings'>
export type MiniProgramLinks = (session: Session) => Promise<string | null>

/** The page of the mini program that begins the face way. */
const PAGE = 'pages-refund/face/face'
// WeChat kills a link after a day; whoever is given one can still use it half a day later.
const LINK_DAYS = 1
const KEPT_MS = 12 * HOUR_MS
/** Nobody waits longer for a link: the page says the same in words. */
const WAIT_MS = 2 * SECOND_MS
const MOST_KEPT = 10_000

interface Kept {
  readonly untilMs: number
  readonly link: Promise<string | null>
}

/**
 * For the official account's pages: what opens the mini program, where alone faces are checked. Each link serves one
 * user, so each user has one of their own. Null: there is none, or WeChat made none in time. In development the
 * simulator's face page works in every browser, and no link is needed.
 */
export function miniProgramLinks(room: Parts, waitMs = WAIT_MS): MiniProgramLinks {
  const kept = new Map<string, Kept>()
  return async (session) => {
    if (room.settings.mode !== 'production' || session.channel !== 'official-account') return null
    const key = `${session.hospitalId} ${session.userId}`
    const known = kept.get(key)
    const nowMs = room.clock.nowMs()
    if (known && nowMs < known.untilMs) return within(known.link, waitMs)
    const link = makeLink(room, session)
    kept.delete(key)
    kept.set(key, { link, untilMs: nowMs + KEPT_MS })
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    // What failed is not kept: whoever comes next asks again.
    void link.then((url) => url === null && kept.get(key)?.link === link && kept.delete(key))
    return within(link, waitMs)
  }
}

async function makeLink(room: Parts, session: Session): Promise<string | null> {
  const hospital = hospitalOf(room, session)
  const appid = hospital.wechat.miniProgram?.appid
  const caller = appid === undefined ? undefined : room.clients.wechat(hospital, appid)
  if (!caller) return null
  try {
    const made = await generateUrlLink(caller, { path: PAGE, expiresInDays: LINK_DAYS })
    if (made.kind === 'yes') return made.value.url
    room.log.warn({ outcome: made.kind }, 'WeChat made no link to the mini program')
  } catch (error) {
    room.log.warn({ err: error }, 'WeChat made no link to the mini program')
  }
  return null
}

async function within(link: Promise<string | null>, waitMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null)
  })
  try {
    return await Promise.race([link, late])
  } finally {
    clearTimeout(timer)
  }
}
