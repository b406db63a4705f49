import { ManualClock, newRequestId } from '@zhangyi/core'
import { signRequest } from '@zhangyi/health-card'
import type { LightMyRequestResponse } from 'fastify'
import { ManualOffsetClock } from '../kit/sandbox-clock.ts'
import type { Store } from '../kit/store.ts'
import { memoryStore } from '../kit/store.ts'
import { personCookie } from '../weixin/persons.ts'
import { buildHealthCardSimulator } from './build-health-card-simulator.ts'
import { HEALTH_CARD_APP } from './credentials.ts'
import { OPERATIONS } from './operations/all-operations.ts'

export const BASE_URL = 'http://127.0.0.1:9101'
const HOSPITAL = 'http://127.0.0.1:8080/h5'

/** Redirects as a hospital's H5 gives them; `miniTargets` as its mini program does. */
export const h5Targets = {
  successRedirectUrl: `${HOSPITAL}/done?healthCode=\${healthCode}`,
  failRedirectUrl: `${HOSPITAL}/outage?regInfoCode=\${regInfoCode}`,
  userFormPageUrl: `${HOSPITAL}/form?authCode=\${authCode}`,
  verifyFailRedirectUrl: `${HOSPITAL}/failed`,
  faceUrl: `${HOSPITAL}/face`,
}
export const miniTargets = {
  successRedirectUrl: 'mini:/pages/enrol/done?healthCode=${healthCode}',
  failRedirectUrl: 'mini:/pages/enrol/outage?regInfoCode=${regInfoCode}',
  userFormPageUrl: 'mini:/pages/enrol/form?authCode=${authCode}',
  verifyFailRedirectUrl: 'mini:/pages/enrol/failed',
  faceUrl: '/pages/face/index',
}
export const newPatient = {
  name: '王芳',
  gender: '女',
  nation: '汉族',
  birthday: '1993-08-15',
  idNumber: '330102199308153229',
  idType: '01',
  phone1: '13800000322',
  relation: '本人',
}

type Members = Record<string, unknown>
export interface Reply {
  readonly commonOut: { readonly requestId: string; readonly resultCode: number; readonly errMsg: string }
  readonly rsp: Members & { readonly card?: Members }
}

/** A hospital's client and its patient's browser, against a simulator in this process. */
export function testHospital(store: Store<unknown> = memoryStore()) {
  // Stands still between moves: lifetimes are tested to the millisecond.
  const clock = new ManualOffsetClock(new ManualClock())
  const simulator = buildHealthCardSimulator({ clock, baseUrl: BASE_URL, origins: {}, store })
  let appToken = ''

  const send = async (name: string, body: Members): Promise<LightMyRequestResponse> => {
    const path = OPERATIONS.find((operation) => operation.name === name)?.path ?? `/rest/${name}`
    return simulator.app.inject({ method: 'POST', url: path, payload: body })
  }
  /** One signed call; `change` alters commonIn before, `after` after the signature. */
  const call = async (
    name: string,
    req: Members,
    { change = {}, after = {}, secret = HEALTH_CARD_APP.appSecret as string } = {},
  ): Promise<Reply> => {
    const commonIn = {
      appToken: name === 'getAppToken' ? '' : appToken,
      requestId: newRequestId(),
      hospitalId: HEALTH_CARD_APP.hospitalId,
      timestamp: String(Math.floor(clock.nowMs() / 1000)),
      channelNum: 1 as const,
      ...change,
    }
    const sign = signRequest(commonIn, req, secret)
    return (await send(name, { commonIn: { ...commonIn, sign, ...after }, req })).json()
  }
  const login = async () => {
    appToken = String((await call('getAppToken', { appId: HEALTH_CARD_APP.appId })).rsp['appToken'])
    return appToken
  }
  const action = (name: string, input: Members) => simulator.actions[name]?.(input) as Members
  const wechatCode = (person: string) => String(action('wechat-code', { person })['wechatCode'])

  const open = (url: string, person = 'lihua') =>
    simulator.app.inject({ url: url.replace(BASE_URL, ''), headers: { cookie: personCookie(person) } })
  const post = (url: string, form: Record<string, string>, person = 'lihua') =>
    simulator.app.inject({
      method: 'POST',
      url,
      headers: { cookie: personCookie(person), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    })
  /** PreAuth → the bind-card page's flow id. */
  const startFlow = async (person: string, targets: Members = h5Targets, common: Members = {}) => {
    const req = { wechatCode: wechatCode(person), domainChannel: 3, ...targets }
    const { rsp } = await call('registerHealthCardPreAuth', req, { change: common })
    return { flow: queryOf(String(rsp['bindCardUrl']), 'flow'), wechatCode: req.wechatCode }
  }
  /** Chooses a card on the bind-card page → the order id of the verification page. */
  const choose = async (flow: string, card: string) => {
    const { headers } = await post('/open/bindCard/card', { flow, card })
    return queryOf(String(headers.location), 'orderId')
  }
  /** PreFill for a fresh authorisation → the order id of the verification page. */
  const fillForm = async (person: string, patient: Members = newPatient, targets: Members = h5Targets) => {
    const { flow } = await startFlow(person, targets)
    const { headers, body } = await post('/open/bindCard/new', { flow })
    const authCode = queryOf(String(headers.location ?? miniPath(body)), 'authCode')
    const { userFormPageUrl: _form, ...preFill } = targets
    const req = { authCode, ...patient, ...preFill }
    const reply = await call('registerHealthCardPreFill', req)
    return { req, reply, orderId: queryOf(String(reply.rsp['verifyUrl']), 'orderId') }
  }
  const decide = (orderId: string, method: string, result: 'pass' | 'fail') =>
    post('/open/verify/result', { orderId, method, result })

  return {
    ...{ simulator, clock, send, call, login, action, wechatCode, open, post },
    ...{ startFlow, choose, fillForm, decide },
  }
}

export function location(reply: LightMyRequestResponse): string {
  return String(reply.headers.location)
}

export function queryOf(address: string, name: string): string {
  return new URLSearchParams(address.split('?')[1] ?? '').get(name) ?? ''
}

/** The machine-readable mini-program page of a platform page. */
export function miniPath(html: string): string {
  return (/data-mini-path="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&#38;', '&')
}
