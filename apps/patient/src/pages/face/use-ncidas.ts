import { ref, shallowRef } from 'vue'
import { settleNcidasCheck, startNcidasCheck } from '../../api/face-checks.ts'
import type {
  FaceOrder,
  FaceSettlement,
  NcidasCheckView,
  NcidasParameters,
  PhoneSystem,
} from '../../api/face-types.ts'
import type { MeView } from '../../api/types.ts'
import {
  allowedRedirect,
  type FaceErrand,
  faceErrand,
  forgetFaceErrand,
  orderOf,
  readFaceErrand,
  rememberFaceErrand,
} from '../../flow/face-errand.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import { type CodeErrand, forgetErrand } from '../../flow/wechat-code.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { openPlatformPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { ensureMe } from '../../session/me.ts'
import { ncidasTexts } from '../../texts/face.ts'
import { adviceProblem, mayStartAgain } from './face-problem.ts'
import { leaveFace } from './leave-face.ts'
import { callNcidas, type NcidasAnswer, phoneSystem } from './wx-ncidas.ts'

export type NcidasParts = {
  readonly ensureMe: () => Promise<ApiResult<MeView>>
  readonly phone: () => PhoneSystem
  readonly start: (input: FaceOrder & { phone: PhoneSystem }) => Promise<ApiResult<NcidasCheckView>>
  readonly call: (parameters: NcidasParameters) => Promise<NcidasAnswer>
  readonly settle: (
    id: string,
    result: Readonly<Record<string, unknown>>,
  ) => Promise<ApiResult<FaceSettlement>>
  readonly fetchCode: (errand: CodeErrand, me: MeView) => Promise<boolean>
  readonly open: (url: string) => Promise<boolean>
  readonly redirectFor: (redirectUrl: string) => string | undefined
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: NcidasParts = {
  ensureMe,
  phone: phoneSystem,
  start: startNcidasCheck,
  call: callNcidas,
  settle: settleNcidasCheck,
  fetchCode: fetchWechatCode,
  open: openPlatformPage,
  redirectFor: allowedRedirect,
  cleanAddress,
}

export type NcidasState = 'working' | 'settling' | 'nothing' | 'refused' | 'unsupported' | 'failed'

/**
 * The platform branched to our page of the national network identity. Once the gateway has proven the result, the face
 * page goes on: it fetches the wechatCode and takes the answer back to the platform.
 */
export function useNcidas(parts: NcidasParts = live) {
  const state = ref<NcidasState>('working')
  const problem = shallowRef<ApiError>()
  const mayRetry = ref(true)
  /** What the phone answered and the gateway could not have proven yet. */
  let answered: { readonly id: string; readonly result: Readonly<Record<string, unknown>> } | undefined

  async function arrive(query: PageQuery): Promise<void> {
    const sent = readFaceErrand(query)
    if (sent) {
      rememberFaceErrand(sent)
      forgetErrand()
    }
    parts.cleanAddress({})
    await run()
  }

  async function run(): Promise<void> {
    problem.value = undefined
    mayRetry.value = true
    const errand = faceErrand()
    if (!errand) {
      state.value = 'nothing'
      return
    }
    state.value = answered ? 'settling' : 'working'
    const me = await parts.ensureMe()
    if (!me.ok) return fail(me.error)
    if (parts.redirectFor(errand.redirectUrl) === undefined) {
      forgetFaceErrand()
      state.value = 'refused'
      // The gateway refuses it as well, and records that somebody tried.
      void parts.start({ ...orderOf(errand), phone: parts.phone() })
    } else if (answered) await settle(errand, me.data)
    else await identify(errand, me.data)
  }

  async function identify(errand: FaceErrand, me: MeView): Promise<void> {
    const started = await parts.start({ ...orderOf(errand), phone: parts.phone() })
    if (!started.ok) return fail(started.error, mayStartAgain(started.error))
    const answer = await parts.call(started.data.parameters)
    switch (answer.kind) {
      case 'unsupported':
        state.value = 'unsupported'
        return
      case 'cancelled':
        return fail({ code: 'ncidas-cancelled', message: ncidasTexts.cancelled, traceId: '', happened: 'no' })
      case 'answered':
        answered = { id: started.data.id, result: answer.result }
        return settle(errand, me)
    }
  }

  async function settle(errand: FaceErrand, me: MeView): Promise<void> {
    if (!answered) return
    state.value = 'settling'
    const { id, result } = answered
    const settled = await parts.settle(id, result)
    if (!settled.ok) return fail(settled.error)
    const { advice } = settled.data
    // Handed in again, it is proven again; the person does nothing twice.
    if (settled.data.state === 'pending') return fail(advice ? adviceProblem(advice) : localError('SLOW'))
    answered = undefined
    if (settled.data.state === 'failed') {
      if (advice === null || advice.judged) return leave(null)
      return fail(adviceProblem(advice), advice.retry)
    }
    rememberFaceErrand({ ...orderOf(errand), checkId: id })
    if (!(await parts.fetchCode({ next: 'face' }, me))) fail(localError('NO_WECHAT_CODE'), false)
  }

  async function leave(verifyOrderId: string | null): Promise<void> {
    const left = await leaveFace(parts, verifyOrderId)
    if (left === 'nothing') state.value = 'nothing'
    if (left === 'cannot-open') fail(localError('CANNOT_OPEN'))
  }

  function fail(error: ApiError, retry = true): void {
    problem.value = error
    mayRetry.value = retry
    state.value = 'failed'
  }

  return { state, problem, mayRetry, arrive, run, otherWay: () => leave(null) }
}
