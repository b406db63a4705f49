import { ref, shallowRef } from 'vue'
import { type FaceOrder, settleFaceCheck, startFaceCheck } from '../../api/face-checks.ts'
import type { FaceCheckView, FaceResultView, MeView } from '../../api/types.ts'
import {
  allowedRedirect,
  type FaceErrand,
  faceErrand,
  forgetFaceErrand,
  readFaceErrand,
  redirectWithResult,
  rememberFaceErrand,
} from '../../flow/face-errand.ts'
import { fetchWechatCode } from '../../flow/fetch-wechat-code.ts'
import {
  type CodeErrand,
  errandNow,
  forgetErrand,
  takeArrivedCode,
  takeWechatCode,
} from '../../flow/wechat-code.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import { type FacialVerify, requestFacialVerify } from '../../platform/facial-verify.ts'
import { openPlatformPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { ensureMe } from '../../session/me.ts'
import { openBridge } from './open-bridge.ts'

export type FaceParts = {
  readonly ensureMe: () => Promise<ApiResult<MeView>>
  readonly start: (input: FaceOrder) => Promise<ApiResult<FaceCheckView>>
  readonly settle: (id: string, wechatCode: string) => Promise<ApiResult<FaceResultView>>
  readonly verify: (verifyId: string) => Promise<FacialVerify>
  readonly openBridge: (page: string, me: MeView) => Promise<'left' | 'opened' | 'refused'>
  readonly fetchCode: (errand: CodeErrand, me: MeView) => Promise<boolean>
  readonly open: (url: string) => Promise<boolean>
  readonly redirectFor: (redirectUrl: string) => string | undefined
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: FaceParts = {
  ensureMe,
  start: startFaceCheck,
  settle: settleFaceCheck,
  verify: requestFacialVerify,
  openBridge,
  fetchCode: fetchWechatCode,
  open: openPlatformPage,
  redirectFor: allowedRedirect,
  cleanAddress,
}

export type FaceState = 'working' | 'settling' | 'nothing' | 'refused' | 'unsupported' | 'failed'

/** The platform branched to our face page: check, tell the gateway, go back with its answer. */
export function useFace(parts: FaceParts = live) {
  const state = ref<FaceState>('working')
  const problem = shallowRef<ApiError>()
  let me: MeView | undefined
  let bridgeOpen = false
  let cameBack = false

  async function arrive(query: PageQuery): Promise<void> {
    // First of all: order and code into storage and out of the address.
    takeArrivedCode(query, 'face')
    const sent = readFaceErrand(query)
    if (sent) {
      rememberFaceErrand(sent)
      forgetErrand()
    }
    cameBack = errandNow()?.next === 'face'
    parts.cleanAddress({})
    await run()
  }

  async function run(): Promise<void> {
    problem.value = undefined
    const errand = faceErrand()
    if (!errand) {
      state.value = 'nothing'
      return
    }
    state.value = errand.checkId === undefined ? 'working' : 'settling'
    const result = await parts.ensureMe()
    if (!result.ok) return fail(result.error)
    me = result.data
    // Before anything is asked about the order: to whom would its result go?
    if (parts.redirectFor(errand.redirectUrl) === undefined) {
      forgetFaceErrand()
      state.value = 'refused'
      // The gateway refuses it as well, and records that somebody tried.
      const { orderId, verifyType, redirectUrl } = errand
      void parts.start({ orderId, verifyType, redirectUrl })
    } else if (errand.checkId === undefined) await check(errand, me)
    else await settle(errand.checkId, me)
  }

  async function check(errand: FaceErrand, as: MeView): Promise<void> {
    const { orderId, verifyType, redirectUrl } = errand
    const started = await parts.start({ orderId, verifyType, redirectUrl })
    if (!started.ok) return fail(started.error)
    const { id, verifyId, bridgePage } = started.data
    rememberFaceErrand({ ...errand, checkId: id })
    if (bridgePage !== null) {
      const opened = await parts.openBridge(bridgePage, as)
      bridgeOpen = opened === 'opened'
      if (opened === 'refused') fail(localError('CANNOT_OPEN'))
      return
    }
    const verified = await parts.verify(verifyId)
    if (verified === 'ended') await settle(id, as)
    else {
      // A new try is a new check; of the old one nobody will ask.
      rememberFaceErrand(errand)
      if (verified === 'unsupported') state.value = 'unsupported'
      else fail(localError('FACE_CANCELLED'))
    }
  }

  async function settle(checkId: string, as: MeView): Promise<void> {
    state.value = 'settling'
    const code = takeWechatCode()
    if (code === undefined) {
      // Came back without one: asking again on our own account would be a circle without a way out.
      const again = cameBack
      cameBack = false
      if (again || !(await parts.fetchCode({ next: 'face' }, as))) fail(localError('NO_WECHAT_CODE'))
      return
    }
    forgetErrand()
    const settled = await parts.settle(checkId, code)
    if (settled.ok) await leave(settled.data.verifyOrderId)
    else fail(settled.error)
  }

  /** Back to the platform's page: with its order number, or with the news that there is none. */
  async function leave(verifyOrderId: string | null): Promise<void> {
    const target = parts.redirectFor(faceErrand()?.redirectUrl ?? '')
    if (target === undefined) {
      state.value = 'nothing'
      return
    }
    forgetFaceErrand()
    if (!(await parts.open(redirectWithResult(target, verifyOrderId)))) fail(localError('CANNOT_OPEN'))
  }

  function fail(error: ApiError): void {
    problem.value = error
    state.value = 'failed'
  }

  /** Mini program: the stand-in page lay above this one, and the person came back from it. */
  async function show(): Promise<void> {
    if (!bridgeOpen) return
    bridgeOpen = false
    await run()
  }

  return { state, problem, arrive, run, show, otherWay: () => leave(null) }
}
