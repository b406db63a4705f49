import { ManualClock } from '@zhangyi/core'
import { memoryStore } from '../kit/store.ts'
import { buildWeixinSimulator } from './build-weixin-simulator.ts'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT, type WeixinApp } from './credentials.ts'

export type Answer = Readonly<Record<string, unknown>> & {
  readonly errcode?: number
  readonly errmsg?: string
}

export const BASE_URL = 'http://127.0.0.1:9102'

/** A simulator with a clock of its own, driven in-process, and what its tests do over and over. */
export function testWeixin() {
  const clock = new ManualClock()
  const store = memoryStore()
  const simulator = buildWeixinSimulator({ clock, baseUrl: BASE_URL, origins: {}, store })
  const { app, faults } = simulator
  const answered = async (url: string, body?: unknown): Promise<Answer> =>
    (
      await app.inject(
        body === undefined
          ? { url }
          : { method: 'POST', url, payload: typeof body === 'string' ? body : JSON.stringify(body) },
      )
    ).json()

  const act = (action: string, input: object = {}): Promise<Record<string, unknown>> =>
    Promise.resolve(simulator.actions[action]?.(input as Record<string, unknown>)) as Promise<
      Record<string, unknown>
    >
  const stable = ({ appid, secret }: WeixinApp, more: object = {}) =>
    answered('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret, ...more })
  const tokenOf = async (one: WeixinApp) => String((await stable(one))['access_token'])
  /** POST with a good token of that app. */
  const call = async (one: WeixinApp, path: string, body: unknown) =>
    answered(`${path}?access_token=${await tokenOf(one)}`, body)

  return {
    ...{ simulator, app, clock, store, faults, answered, act, stable, tokenOf },
    mini: (path: string, body: unknown) => call(MINI_PROGRAM, path, body),
    official: (path: string, body: unknown) => call(OFFICIAL_ACCOUNT, path, body),
  }
}
