import { ref, shallowRef } from 'vue'
import type { FaceAdvice, FaceSettlement } from '../../api/face-types.ts'
import type { MeView } from '../../api/types.ts'
import {
  type FaceErrand,
  faceErrand,
  forgetFaceErrand,
  orderOf,
  readFaceErrand,
  rememberFaceErrand,
} from '../../flow/face-errand.ts'
import {
  errandNow,
  forgetErrand,
  rememberWechatCode,
  takeArrivedCode,
  takeWechatCode,
} from '../../flow/wechat-code.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { type FaceParts, liveFaceParts } from './face-parts.ts'
import { adviceProblem, mayStartAgain } from './face-problem.ts'
import { leaveFace } from './leave-face.ts'

const ASKED_AT_MOST = 3

export type FaceState =
  | 'working'
  | 'settling'
  | 'nothing'
  | 'refused'
  | 'unsupported'
  /** No result yet: it is asked for again. */
  | 'pending'
  /** Passed; the platform could not be told yet. */
  | 'untold'
  | 'failed'

/** The platform branched to our face page: check, tell the gateway, go back with its answer. */
export function useFace(parts: FaceParts = liveFaceParts) {
  const state = ref<FaceState>('working')
  const problem = shallowRef<ApiError>()
  const mayRetry = ref(true)
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
    mayRetry.value = true
    const errand = faceErrand()
    if (!errand) {
      state.value = 'nothing'
      return
    }
    state.value = errand.checkId === undefined ? 'working' : 'settling'
    const me = await parts.ensureMe()
    if (!me.ok) return fail(me.error)
    // Before anything is asked about the order: to whom would its result go?
    if (parts.redirectFor(errand.redirectUrl) === undefined) {
      forgetFaceErrand()
      state.value = 'refused'
      // The gateway refuses it as well, and records that somebody tried.
      void parts.start(orderOf(errand))
    } else if (errand.checkId === undefined) await check(errand, me.data)
    else await settle(errand.checkId, me.data)
  }

  async function check(errand: FaceErrand, me: MeView): Promise<void> {
    const started = await parts.start(orderOf(errand))
    if (!started.ok) return fail(started.error, mayStartAgain(started.error))
    const { id, verifyId, bridgePage } = started.data
    rememberFaceErrand({ ...errand, checkId: id })
    if (bridgePage !== null) {
      const opened = await parts.openBridge(bridgePage, me)
      bridgeOpen = opened === 'opened'
      if (opened === 'refused') fail(localError('CANNOT_OPEN'))
      return
    }
    const verified = await parts.verify(verifyId)
    if (verified === 'ended') return settle(id, me)
    // A new try is a new check; of the old one nobody will ask.
    rememberFaceErrand(errand)
    if (verified === 'unsupported') state.value = 'unsupported'
    else fail(localError('FACE_CANCELLED'))
  }

  async function settle(checkId: string, me: MeView): Promise<void> {
    state.value = 'settling'
    const code = takeWechatCode()
    if (code !== undefined) forgetErrand()
    const settled = await ask(checkId, code)
    if (!settled.ok) return fail(settled.error)
    const { advice, verifyOrderId } = settled.data
    switch (settled.data.state) {
      case 'passed':
        return leave(verifyOrderId)
      case 'failed':
        return notPassed(advice)
      case 'pending':
        // The code was not used: it will be, once there is something to tell.
        if (code !== undefined) rememberWechatCode(code)
        return show('pending', advice)
      case 'verified':
        return code === undefined ? fetchCode(me) : show('untold', advice)
    }
  }

  async function ask(checkId: string, code: string | undefined): Promise<ApiResult<FaceSettlement>> {
    for (let asked = 1; ; asked++) {
      const settled = await parts.settle(checkId, code)
      if (!settled.ok || settled.data.state !== 'pending' || asked >= ASKED_AT_MOST) return settled
      await parts.pause()
    }
  }

  async function fetchCode(me: MeView): Promise<void> {
    // Came back without one: asking again on our own account would be a circle without a way out.
    const again = cameBack
    cameBack = false
    if (again || !(await parts.fetchCode({ next: 'face' }, me))) {
      problem.value = localError('NO_WECHAT_CODE')
      state.value = 'untold'
    }
  }

  /** What was compared and did not match is for the platform to go on with; what never came to it is tried again here. */
  async function notPassed(advice: FaceAdvice | null): Promise<void> {
    const errand = faceErrand()
    if (advice === null || advice.judged || !errand) return leave(null)
    rememberFaceErrand(orderOf(errand))
    fail(adviceProblem(advice), advice.retry)
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

  function show(next: 'pending' | 'untold', advice: FaceAdvice | null): void {
    if (advice) problem.value = adviceProblem(advice)
    state.value = next
  }

  /** A new check of the same order. */
  async function restart(): Promise<void> {
    const errand = faceErrand()
    if (errand) rememberFaceErrand(orderOf(errand))
    await run()
  }

  /** Mini program: the stand-in page lay above this one, and the person came back from it. */
  async function onShow(): Promise<void> {
    if (!bridgeOpen) return
    bridgeOpen = false
    await run()
  }

  return { state, problem, mayRetry, arrive, run, restart, show: onShow, otherWay: () => leave(null) }
}
