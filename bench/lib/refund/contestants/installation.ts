import { checkCharacter, hospitalId, newId } from '@zhangyi/core'
import { MINI_PROGRAM, openidOf } from '@zhangyi/sandbox'
import { Database } from '@zhangyi/server'
import { acceptConsent } from '../../../../apps/server/src/patients/consent.ts'
import { findSession } from '../../../../apps/server/src/platform/sessions/find-session.ts'
import { openSession } from '../../../../apps/server/src/platform/sessions/open-session.ts'
import type { CaseView, FaceResult, Receiving } from '../../../../apps/server/src/refunds/refund-views.ts'
import { startStack } from '../../../../tests/setup/test-stack.ts'
import { answerEach, setupOf } from '../../child.ts'
import { AMOUNT_FEN } from '../platforms.ts'
import { type ContestantSetup, type Question, timeInFlight } from './setup.ts'

/** Everything that `npm start` runs, over sockets, and its patients: gateway, simulators and patients share one process. */
const setup = setupOf<ContestantSetup>()
const HOSPITAL = hospitalId('demo')
const WECHAT_PAYS_MS = 2_000
const stack = await startStack({ appUrl: setup.databaseUrl })
const database = new Database({ url: setup.databaseUrl, maxConnections: 4 })
const act = <T>(platform: string, name: string, input: object) =>
  stack.sandbox.simulators[platform]?.actions[name]?.(input as Record<string, unknown>) as T
await act('wechat-pay', 'set-balance', { account: 'OPERATION', amountFen: 900_000_000_000 })

interface Ready {
  readonly ask: <T>(path: string, body?: object) => Promise<T>
  readonly checkId: string
  readonly archiveKey: string
}

let numbered = 0

/** Up to the page on which 申请退款 is pressed: an archive with a balance, signed in, the face seen. */
async function getReady(): Promise<Ready> {
  numbered += 1
  const first17 = `33010219${50 + (numbered % 40)}0${1 + (numbered % 9)}${10 + (numbered % 19)}${String(numbered % 1_000).padStart(3, '0')}`
  const person = {
    name: `张${'甲乙丙丁戊己庚辛壬癸'[numbered % 10]}`,
    idNumber: first17 + checkCharacter(first17),
  }
  const made = await stack.his.port.archives.create(
    {
      ...{
        ...person,
        idType: '01',
        gender: '男',
        birthday: '1960-01-01',
        nation: '汉族',
        phone: '13800000000',
      },
      ...{ address: undefined, guardian: undefined, verified: true },
    },
    newId('key'),
  )
  if (made.kind !== 'yes') throw new Error('no archive')
  stack.his.charge(made.value.patid, { amount: AMOUNT_FEN, channel: 'cash' })
  const ask = await signIn(newId('p').slice(0, 14))
  const { id: checkId, verifyId } = await ask<{ id: string; verifyId: string }>('/face/checks', person)
  await act('weixin', 'decide-face', { verifyId, verifyRet: 10000 })
  const { archives } = await ask<FaceResult>(`/face/checks/${checkId}/result`)
  return { ask, checkId, archiveKey: archives?.archives[0]?.key ?? '' }
}

async function signIn(person: string): Promise<Ready['ask']> {
  const { appid } = MINI_PROGRAM
  const openid = openidOf(appid, { id: person, nickname: person })
  const nowMs = stack.sandbox.clock.nowMs()
  const identity = { appid, openid, unionid: undefined }
  const { token } = await database.inTransaction(HOSPITAL, (tx) =>
    openSession(tx, { identity, channel: 'mini-program', nowMs, hours: 24 }),
  )
  const { userId = '' } = (await findSession(database, token, nowMs)) ?? {}
  await database.inTransaction(HOSPITAL, (tx) => acceptConsent(tx, userId, nowMs))
  return async <T>(path: string, body?: object) => {
    const answer = await fetch(`${stack.server.origin}/api/v1/refunds${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

/** 申请退款, 接收退款, 确认收款 at WeChat, and back. */
async function refund({ ask, checkId, archiveKey }: Ready): Promise<void> {
  const requestKey = newId('key')
  const applied = await ask<CaseView>('/face', { checkId, archiveKey, amountFen: null, requestKey })
  const leg = `/${applied.id}/legs/${applied.legs[0]?.id}`
  const { package: packageInfo } = await ask<Receiving>(`${leg}/receive`)
  await act('wechat-pay', 'confirm-transfer', { outBillNo: await numberOf(packageInfo) })
  // WeChat pays some seconds after that; the measure is what we need and not what it needs.
  stack.sandbox.clock.advance(WECHAT_PAYS_MS)
  const received = await ask<CaseView>(`${leg}/received`)
  if (received.legs[0]?.phase !== 'paid') throw new Error(`a case ended as ${received.legs[0]?.phase}`)
}

const numbers = new Map<string, string>()

/** What WeChat itself knows when its confirm page opens. */
async function numberOf(packageInfo: string): Promise<string> {
  if (!numbers.has(packageInfo)) {
    type Sent = { outBillNo: string; packageInfo?: string }
    const sent = await act<Promise<readonly Sent[]>>('wechat-pay', 'transfers', { limit: 1_000 })
    for (const one of sent) if (one.packageInfo) numbers.set(one.packageInfo, one.outBillNo)
  }
  return numbers.get(packageInfo) ?? ''
}

answerEach<Question>(async ({ cases }) => {
  const ready: Ready[] = []
  await timeInFlight(cases, setup.inFlight, async () => void ready.push(await getReady()))
  const seconds = await timeInFlight(cases, setup.inFlight, async (turn) => {
    const one = ready[turn]
    if (one) await refund(one)
  })
  return { seconds }
})
process.on('disconnect', () => {
  void Promise.all([database.close(), stack.stop()]).then(() => process.exit(0))
})
