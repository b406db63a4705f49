import { newId, sensitive } from '@zhangyi/core'
import { type ManualOffsetClock, MINI_PROGRAM, openidOf, type Sandbox } from '@zhangyi/sandbox'
import type { App, Cipher } from '@zhangyi/server'
import { acceptConsent } from '../../apps/server/src/patients/consent.ts'
import { linkPatient } from '../../apps/server/src/patients/link-patient.ts'
import { findSession } from '../../apps/server/src/platform/sessions/find-session.ts'
import { openSession } from '../../apps/server/src/platform/sessions/open-session.ts'
import type {
  Archives,
  CaseView,
  Entries,
  FaceResult,
  OriginalOrders,
  Receiving,
} from '../../apps/server/src/refunds/refund-views.ts'
import type { createTestDatabase } from '../setup/test-database.ts'

export interface Answer<T> {
  readonly status: number
  readonly body: T
  /** Of a refusal what says why. */
  readonly error: { readonly code: string; readonly message: string } | undefined
}

/** An action of a simulator, as its own page would do it. */
export async function act<T>(sandbox: Sandbox, platform: string, name: string, input: object): Promise<T> {
  const action = sandbox.simulators[platform]?.actions[name]
  if (!action) throw new Error(`no action ${name} of ${platform}`)
  return (await action(input as Record<string, unknown>)) as T
}

interface SignIn {
  readonly made: Awaited<ReturnType<typeof createTestDatabase>>
  readonly clock: ManualOffsetClock
  readonly cipher: Cipher
  readonly id: Parameters<Awaited<ReturnType<typeof createTestDatabase>>['database']['inTransaction']>[0]
  readonly sandbox: Sandbox
}

/** A patient with a phone of their own: what they press, and what WeChat's pages do then. */
export async function signIn({ made, clock, cipher, id, sandbox }: SignIn, app: () => App, person: string) {
  const nowMs = clock.nowMs()
  const { appid } = MINI_PROGRAM
  const openid = openidOf(appid, { id: person, nickname: person })
  const { token } = await made.database.inTransaction(id, (tx) =>
    openSession(tx, {
      identity: { appid, openid, unionid: undefined },
      channel: 'mini-program',
      nowMs,
      hours: 2_000,
    }),
  )
  const { userId } = (await findSession(made.database, token, nowMs)) ?? {}
  if (userId === undefined) throw new Error('no session')
  await made.database.inTransaction(id, (tx) => acceptConsent(tx, userId, nowMs))
  const ask = async <T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer<T>> => {
    const answer = await app().http.inject({
      ...{ method, url: `/api/v1/refunds${path}`, headers: { authorization: `Bearer ${token}` } },
      ...(body && { payload: body }),
    })
    const told = answer.json()
    return {
      status: answer.statusCode,
      body: told as T,
      error: answer.statusCode < 400 ? undefined : told.error,
    }
  }
  const legPath = ({ id: caseId, legs }: CaseView, index = 0) => `/${caseId}/legs/${legs[index]?.id}`
  const startCheck = (who: { name: string; idNumber: string }) =>
    ask<{ id: string; verifyId: string }>('POST', '/face/checks', { name: who.name, idNumber: who.idNumber })
  const user = {
    ...{ userId, openid, person, ask, startCheck },
    entries: () => ask<Entries>('GET', '/entries'),
    originalOrders: (patientId: string) =>
      ask<OriginalOrders>('GET', `/original/orders?patientId=${patientId}`),
    applyOriginal: (
      patientId: string,
      orders: readonly { orderId: string; amountFen: number }[],
      requestKey = newId('key'),
    ) => ask<CaseView>('POST', '/original', { patientId, orders, requestKey }),
    /** Types name and number and looks into the camera. */
    faceCheck: async (who: { name: string; idNumber: string }, verifyRet = 10000) => {
      const started = await startCheck(who)
      if (started.status !== 200) throw new Error(`no face check: ${JSON.stringify(started.body)}`)
      await act(sandbox, 'weixin', 'decide-face', { verifyId: started.body.verifyId, verifyRet })
      const result = await ask<FaceResult>('POST', `/face/checks/${started.body.id}/result`)
      return { checkId: started.body.id, result }
    },
    archives: (checkId: string) => ask<Archives>('GET', `/face/checks/${checkId}/archives`),
    applyFace: (
      checkId: string,
      archiveKey: string,
      requestKey = newId('key'),
      amountFen: number | null = null,
    ) => ask<CaseView>('POST', '/face', { checkId, archiveKey, amountFen, requestKey }),
    /** Face check and application, as one who does everything right. */
    refundByFace: async (who: { name: string; idNumber: string }): Promise<Answer<CaseView>> => {
      const { checkId, result } = await user.faceCheck(who)
      const [archive] = result.body.archives?.archives ?? []
      if (!archive) throw new Error(`no archive: ${JSON.stringify(result.body)}`)
      return user.applyFace(checkId, archive.key)
    },
    case: async (caseId: string) => (await ask<CaseView>('GET', `/${caseId}`)).body,
    cases: () => ask<{ cases: CaseView[]; more: boolean }>('GET', ''),
    retry: (caseId: string) => ask<CaseView>('POST', `/${caseId}/retry`),
    receive: (one: CaseView, index = 0) => ask<Receiving>('POST', `${legPath(one, index)}/receive`),
    received: (one: CaseView, index = 0) => ask<CaseView>('POST', `${legPath(one, index)}/received`),
    withdraw: (one: CaseView, index = 0) => ask<CaseView>('POST', `${legPath(one, index)}/withdraw`),
    /** 接收退款, 确认收款 at WeChat, and back. */
    confirm: async (one: CaseView, index = 0): Promise<Answer<CaseView>> => {
      const opened = await user.receive(one, index)
      if (opened.status !== 200) throw new Error(`not to be received: ${JSON.stringify(opened.body)}`)
      const transfers = await act<{ outBillNo: string; packageInfo?: string }[]>(
        sandbox,
        'wechat-pay',
        'transfers',
        {
          limit: 1_000,
        },
      )
      const transfer = transfers.find(({ packageInfo }) => packageInfo === opened.body.package)
      if (!transfer) throw new Error('WeChat does not know this package')
      await act(sandbox, 'wechat-pay', 'confirm-transfer', { outBillNo: transfer.outBillNo })
      clock.advance(2_000)
      return user.received(one, index)
    },
    /** One of the hospital's people, as this user's patient. */
    link: async ({
      name,
      idNumber,
      patid,
    }: {
      name: string
      idNumber: string
      patid: string
    }): Promise<string> => {
      const row = await made.database.inTransaction(id, (tx) =>
        linkPatient(tx, cipher, {
          userId,
          person: {
            ...{ name: sensitive(name), idType: '01', idNumber: sensitive(idNumber), gender: '男' },
            ...{ birthday: sensitive('1960-01-01'), phone: undefined },
          },
          ...{ relation: '本人', verified: true, patid, visitCard: undefined },
          card: { healthCardId: `H${patid}`, qrCodeText: sensitive(`${patid}:1`) },
          ...{ offerCardLater: false, maxPatients: 5, nowMs },
        }),
      )
      return row.id
    },
  }
  return user
}
