import { computed, ref, shallowRef } from 'vue'
import type { FaceResult, StartedCheck } from '../../api/refund-types.ts'
import type { MeView } from '../../api/types.ts'
import { forgetDraft } from '../../flow/draft.ts'
import { adviceProblem } from '../../pages/face/face-problem.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { useAllowed } from '../shared/use-allowed.ts'
import { liveRefundFace, type RefundFaceParts } from './refund-face-parts.ts'
import { useIdentityForm } from './use-identity-form.ts'

const ASKED_AT_MOST = 3
const FLOW = 'refund-face'

export type RefundFaceState =
  | 'form'
  /** WeChat's dialogue is open. */
  | 'checking'
  | 'settling'
  /** No result yet: it is asked for again. */
  | 'pending'
  | 'failed'
  | 'unsupported'
  /** The official account: only the mini program can check faces. */
  | 'elsewhere'

/** Name and ID number, then the face; what the gateway finds for them is the next page's. */
export function useRefundFace(parts: RefundFaceParts = liveRefundFace) {
  const state = ref<RefundFaceState>('form')
  /** Of a check that was started and did not pass. */
  const problem = shallowRef<ApiError>()
  const mayRetry = ref(true)
  const busy = ref(false)
  const miniProgramUrl = ref('')
  const form = useIdentityForm(parts.nowMs)
  const allowed = useAllowed(load, { needsConsent: true, parts: parts.allowed })
  let checkId = ''
  let bridgeOpen = false

  async function load(me: MeView): Promise<ApiError | undefined> {
    // In development the stand-in for WeChat's dialogue works in every browser.
    if (me.channel === 'mini-program' || me.developmentBridge) return undefined
    state.value = 'elsewhere'
    const entries = await parts.entries()
    // Without a link it is said in words.
    if (entries.ok) miniProgramUrl.value = entries.data.miniProgramUrl ?? ''
    return undefined
  }

  async function arrive(query: PageQuery): Promise<void> {
    checkId = query['id'] ?? ''
    parts.cleanAddress(checkId === '' ? {} : { id: checkId })
    form.begin(FLOW, {})
    // Back from the stand-in's page: nothing of the form is shown meanwhile.
    if (checkId !== '') state.value = 'settling'
    await run()
  }

  async function run(): Promise<void> {
    await allowed.run()
    if (allowed.gate.value === 'open' && state.value === 'settling') await settle()
  }

  async function go(): Promise<void> {
    const identity = busy.value ? undefined : form.identity()
    if (!identity) return
    busy.value = true
    problem.value = undefined
    const started = await parts.start(identity)
    if (started.ok) await check(started.data)
    else if (started.error.code === 'consent-required') allowed.missConsent()
    else {
      state.value = 'form'
      form.refuse(started.error)
    }
    busy.value = false
  }

  async function check({ id, verifyId, bridgePage }: StartedCheck): Promise<void> {
    checkId = id
    state.value = 'checking'
    if (bridgePage !== null) {
      const end = await parts.openBridge(bridgePage, allowed.me.value?.developmentBridge ?? false, id)
      bridgeOpen = end === 'opened'
      if (end === 'refused') fail(localError('CANNOT_OPEN'))
      return
    }
    switch (await parts.verify(verifyId)) {
      case 'ended':
        return settle()
      case 'cancelled':
        return fail(localError('FACE_CANCELLED'))
      case 'unsupported':
        state.value = 'unsupported'
    }
  }

  async function settle(): Promise<void> {
    state.value = 'settling'
    problem.value = undefined
    const result = await ask()
    // Nobody knows: the same check is asked for again, not the face.
    if (!result.ok) return wait(result.error)
    const { archives, advice } = result.data
    switch (result.data.state) {
      case 'pending':
        return wait(advice ? adviceProblem(advice) : localError('SLOW'))
      case 'failed':
        return fail(advice ? adviceProblem(advice) : localError('FACE_CANCELLED'), advice?.retry ?? true)
      case 'passed':
        // The gateway could not ask the hospital yet: the next page does.
        if (!archives) return wait(localError('SLOW'))
        forgetDraft(FLOW)
        if (!(await parts.openArchives(checkId, archives))) wait(localError('CANNOT_OPEN'))
    }
  }

  async function ask(): Promise<ApiResult<FaceResult>> {
    for (let asked = 1; ; asked++) {
      const result = await parts.settle(checkId)
      if (!result.ok || result.data.state !== 'pending' || asked >= ASKED_AT_MOST) return result
      await parts.pause()
    }
  }

  function wait(error: ApiError): void {
    problem.value = error
    state.value = 'pending'
  }

  function fail(error: ApiError, retry = true): void {
    problem.value = error
    mayRetry.value = retry
    state.value = 'failed'
  }

  return {
    allowed,
    form,
    state,
    problem,
    mayRetry,
    busy,
    miniProgramUrl,
    /** What was typed is still there: a new check needs no second form. */
    mayGoAgain: computed(() => mayRetry.value && (form.draft.value['idNumber'] ?? '') !== ''),
    arrive,
    run,
    go,
    askAgain: settle,
    /** Back to the form: a name or a number was wrong. */
    change(): void {
      problem.value = undefined
      state.value = 'form'
    },
    openOffline: () => allowed.open(parts.openOffline),
    openMini: () => allowed.open(async () => parts.openMiniProgram(miniProgramUrl.value)),
    /** Back from the consent page, or (mini program) from the stand-in's page, which lay above this one. */
    async show(): Promise<void> {
      if (await allowed.show()) return
      if (!bridgeOpen) return
      bridgeOpen = false
      await settle()
    },
  }
}
