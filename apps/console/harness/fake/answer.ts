import { backgroundAnswer } from './background.ts'
import { exportAnswer } from './exports.ts'
import { peopleAnswer } from './people.ts'
import { refundAnswer } from './refund-answer.ts'
import { refundDesk } from './refund-desk.ts'
import { fakeCall, fakeCallDetail, fakeEntry, fakeHome, fakePages } from './rows.ts'
import { fakeRoles, fakeSession } from './session.ts'
import { fakeCheckedKey, fakeReplacedKey, fakeSettings, fakeTests } from './settings.ts'
import { usageAnswer } from './usage.ts'
import { visitsAnswer } from './visits.ts'
import { NOW_MS, type World } from './world.ts'

export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** In place of a body. */
  readonly file?: { readonly type: string; readonly bytes: Buffer }
}

const PAGE = 20
const CALLS = 90
const ENTRIES = 50
const QR = `data:image/svg+xml;utf8,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><path d="M0 0h7v7H0zm14 0h7v7h-7zM0 14h7v7H0zm9 0h3v3H9zm5 2h5v4h-5zM9 2h2v5H9z"/></svg>')}`

/** The right answer of the contract, on data that exists only here. */
export function answer(world: World, method: string, url: URL, body: Record<string, string>): Answer {
  const path = url.pathname.replace('/api/v1/console', '')
  const asked = `${method} ${path}`
  if (asked === 'POST /session') return signIn(world, body)
  if (asked === 'GET /session/oidc') return ok({ name: world.provider })
  if (world.stage === 'out') return refusal(401, 'operator-not-signed-in', '请先登录运营后台。')
  if (path.startsWith('/session')) return sessionAnswer(world, asked, body)
  if (world.stage !== 'ready') return refusal(401, 'operator-not-signed-in', '请先登录运营后台。')
  const desk = refundDesk(asked, url, body)
  if (desk) return desk
  const control = /^POST \/accounts\/(\w+)\/([\w-]+)$/.exec(asked)
  if (control) return controlled(world, control[1] ?? '', control[2] ?? '')
  const background = backgroundAnswer(world, asked, url)
  if (background) return background
  if (path.startsWith('/exports')) return exportAnswer(world, asked, body)
  const ofPeople = peopleAnswer(world, asked, url, body)
  if (ofPeople) return ofPeople
  const refund = refundAnswer(asked, url, body)
  if (refund) return refund
  const call = /^GET \/calls\/(\d+)$/.exec(asked)
  if (call) return ok(fakeCallDetail(Number(call[1]) - 1_000))
  const ofRoom = usageAnswer(world, asked, url, body) ?? visitsAnswer(world, asked, url)
  if (ofRoom) return ofRoom
  switch (asked) {
    case 'GET /home':
      return ok(fakeHome())
    case 'GET /attention':
      return ok({ pages: fakePages(), notices: world.notices })
    case 'GET /accounts':
      return ok({ accounts: world.accounts })
    case 'POST /accounts':
      return created(world, body)
    case 'GET /roles':
      return ok(fakeRoles())
    case 'GET /settings':
      return ok(fakeSettings(world.replacedKeys))
    case 'POST /settings/tests':
      return ok(fakeTests())
    case 'POST /settings/keys/check':
      return ok(fakeCheckedKey(body))
    case 'POST /settings/keys/replace':
      world.replacedKeys.add(String(body['path']))
      return ok(fakeReplacedKey(body))
    case 'GET /audit/chain':
      return ok(fakeChain())
    case 'GET /audit': {
      const { rows, next } = page(url, ENTRIES, fakeEntry)
      return ok({ entries: rows, next: next ?? null })
    }
    case 'GET /calls': {
      const { rows, next } = page(url, CALLS, fakeCall)
      return ok({ calls: rows, next })
    }
    default:
      return refusal(404, 'not-found', '没有找到这个页面或记录，请返回首页。')
  }
}

function page<Row extends { outcome?: string; traceId: string }>(
  url: URL,
  count: number,
  row: (index: number) => Row,
) {
  const wanted = url.searchParams
  const start = Number(wanted.get('before') ?? 0)
  const isWanted = (one: Row) =>
    (!wanted.get('outcome') || one.outcome === wanted.get('outcome')) &&
    [null, '', one.traceId].includes(wanted.get('number') ?? wanted.get('traceId'))
  const all = Array.from({ length: count }, (_, index) => row(index)).filter(isWanted)
  const end = start + PAGE
  return { rows: all.slice(start, end), ...(end < all.length && { next: String(end) }) }
}

function fakeChain() {
  return {
    ...{ linked: 48_187, unlinked: 23, lastAtMs: NOW_MS, isWhole: true, problem: null },
    head: `48187:${'b7c1'.repeat(16)}`,
  }
}

/** The login name says at which stage the account is. */
function signIn(world: World, { loginName = '', password }: Record<string, string>): Answer {
  if (loginName === 'locked')
    return refusal(423, 'operator-locked', '试错太多次，这个账号锁定到 15:35，请到时再试。')
  if (password !== 'Right-pass-9') return refusal(401, 'operator-refused', '登录名或口令不对，请核对后再试。')
  world.stage = loginName === 'new' ? 'password' : 'code'
  return ok({ stage: world.stage })
}

function sessionAnswer(world: World, asked: string, body: Record<string, string>): Answer {
  switch (asked) {
    case 'GET /session':
      return ok(fakeSession(world))
    case 'DELETE /session':
      world.stage = 'out'
      return { status: 204 }
    case 'POST /session/password':
      if ((body['next'] ?? '').length < 10)
        return refusal(400, 'bad-input', '有信息需要修改，请看标出的项目。', [
          { field: 'next', message: '至少 10 个字符' },
        ])
      world.stage = 'enrol'
      return ok({ stage: world.stage })
    case 'GET /session/second-factor':
      return ok({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', picture: QR })
    case 'POST /session/second-factor':
      if (body['code'] !== '123456')
        return refusal(401, 'operator-refused', '验证码不对，或已经用过。请等下一个再试。')
      world.stage = 'ready'
      return ok({ stage: world.stage })
    default:
      return refusal(404, 'not-found', '没有找到这个页面或记录，请返回首页。')
  }
}

function created(world: World, body: Record<string, string>): Answer {
  const { loginName = '', displayName = '', role = '' } = body
  if (world.accounts.some((one) => one.loginName === loginName))
    return refusal(400, 'bad-input', '有信息需要修改，请看标出的项目。', [
      { field: 'loginName', message: '已经有人用这个登录名（停用的也不能再用）' },
    ])
  world.accounts.push({
    ...{
      id: `acc_${world.accounts.length}`,
      loginName,
      displayName,
      role,
      hospitals: null,
      state: 'waiting',
    },
    ...{ hasSecondFactor: false, isPasswordGiven: true, createdBy: 'chen', createdAtMs: NOW_MS },
    ...{ approvedBy: null, lastSignInAtMs: null },
  })
  return ok({ oneTimePassword: 'kdTf-9wQe-Hn3x-pZ7c' })
}

const STATES: Readonly<Record<string, string>> = {
  ...{ approve: 'active', unlock: 'active', enable: 'active', disable: 'disabled' },
}

function controlled(world: World, id: string, control: string): Answer {
  const account = world.accounts.find((one) => one.id === id)
  if (!account) return refusal(404, 'not-found', '没有找到这个页面或记录，请返回首页。')
  account.state = STATES[control] ?? account.state
  return ok({ account, ...(control === 'reset-password' && { oneTimePassword: 'mPq4-x8Rt-Wn2y-bE6k' }) })
}

export function ok(body: unknown): Answer {
  return { status: 200, body }
}

export function refusal(status: number, code: string, message: string, fields: object[] = []): Answer {
  return { status, body: { error: { code, message, traceId: 'ZY-7F3K-29QX', fields } } }
}
