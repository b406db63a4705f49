import { KNOWN } from '@zhangyi/his'
import { expect } from 'vitest'
import {
  type MiniProgram,
  type MiniProgramOptions,
  openMiniProgram,
} from '../../apps/patient/harness/mini-program.ts'
import { Phone } from '../enrolment/phone.ts'
import type { TestStack } from '../setup/test-stack.ts'

export interface MiniPhone {
  readonly app: MiniProgram
  /** Walks the web-view's pages over HTTP, by the same person. */
  readonly phone: Phone
}
export type MiniPhoneOptions = Pick<MiniProgramOptions, 'wx' | 'fetch' | 'pluginPages' | 'globals'>

type Callback = (ok: boolean, result: object) => void
/** What the platform offers for a verification, as pressed by a person who is who they say. */
export const PASS = ['远程授权认证', '模拟：验证通过'] as const
const PATIENCE = { timeout: 20_000 }

/** A person with the built mini program, WeChat's login and the card platform's plugin. */
export async function openMiniPhone(
  stack: TestStack,
  dist: string,
  { wx, ...options }: MiniPhoneOptions = {},
): Promise<MiniPhone> {
  const phone = new Phone(stack)
  const { person } = phone
  const app = await openMiniProgram({
    ...{ dist, origin: stack.server.origin, ...options },
    plugin: {
      healthCardPlugins: {
        login: (callback: Callback) =>
          void stack
            .action<{ wechatCode: string }>('health-card', 'wechat-code', { person })
            .then((result) => callback(true, { result })),
      },
    },
    wx: {
      login: ({ success }: { success: (result: object) => void }) =>
        void stack.action<{ code: string }>('weixin', 'mini-program-code', { person }).then(success),
      ...wx,
    },
  })
  return { app, phone }
}

/** The address of the platform's page, once it stands in the web-view. */
export async function webViewUrl(app: MiniProgram): Promise<string> {
  await expect.poll(() => app.currentPage.route, PATIENCE).toBe('pages/web-view/web-view')
  // The bridge's web-view may still be on top: ours is entered by redirect, or "back" led to a spent page.
  await expect.poll(() => app.navigations.at(-1)?.kind, PATIENCE).toBe('redirectTo')
  return String(app.elements('web-view')[0]?.['src'])
}

/** The platform switches back to a page of ours. */
export async function comeBack(app: MiniProgram, to: URL): Promise<void> {
  await app.open(to.pathname, Object.fromEntries(to.searchParams))
}

export async function waitForRoute(app: MiniProgram, route: string): Promise<void> {
  await expect.poll(() => app.currentPage.route, PATIENCE).toBe(route)
  await app.settle()
}

export interface CardHolder {
  readonly name: string
  readonly idNumber: string
  /** `01`, a resident ID card, unless said otherwise: nobody is verified by another document. */
  readonly idType?: string
}

/** Links a health card, verified where that can be, and ends at home. */
export async function linkCard(
  stack: TestStack,
  { app, phone }: MiniPhone,
  { name, idNumber, idType = '01' }: CardHolder = KNOWN.liMinghua,
): Promise<void> {
  const { person } = phone
  await stack.action('health-card', 'seed-card', { person, relation: '本人', name, idNumber, idType })
  await app.open('pages/home/home')
  await app.waitFor('领取电子健康卡')
  await app.tap('领取电子健康卡')
  await app.waitFor('同意并继续')
  await app.tap('同意并继续')
  const url = await webViewUrl(app)
  const presses = idType === '01' ? PASS : ['确认证件信息']
  await comeBack(app, await phone.walkToMiniPage(url, name.slice(0, 1), ...presses))
  await app.waitFor('电子健康卡已经关联好了')
  await app.open('pages/home/home')
  await app.waitFor('报告查询')
}

/** Home → 报告查询 → a kind → confirmed, up to the platform's page. */
export async function askForReports(app: MiniProgram, kind = '检验报告'): Promise<string> {
  await app.open('pages/home/home')
  await app.waitFor('报告查询')
  await app.tap('报告查询')
  await app.tap(kind)
  await app.waitFor('确认，去验证身份')
  await app.tap('确认，去验证身份')
  return webViewUrl(app)
}
