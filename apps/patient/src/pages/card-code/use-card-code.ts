import { computed, ref, shallowRef } from 'vue'
import { getCardCode } from '../../api/card-code.ts'
import type { CardCodeView, CodeType } from '../../api/card-code-types.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import { needsVerification, openProtected } from '../../flow/open-protected.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { cardCodeTexts as texts } from '../../texts/card-code.ts'
import { useOpening } from '../home/use-opening.ts'
import { type BrightScreen, brightScreen } from './bright-screen.ts'
import { nextStep, staleText, whatText, whyText } from './code-words.ts'
import { openPluginPage } from './open-plugin-page.ts'
import { mayOpenPluginPage } from './plugin-page-once.ts'

export type CardCodeParts = {
  readonly get: (patientId: string, type?: CodeType) => Promise<ApiResult<CardCodeView>>
  /** Runs it once after so many milliseconds; gives back how to stop it. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly screen: BrightScreen
  readonly openPlugin: (url: string) => Promise<boolean>
  readonly mayOpenPlugin: (patientId: string) => boolean
  readonly verify: (patientId: string) => Promise<boolean>
  readonly claim: (patientId: string) => Promise<boolean>
}
const live = (): CardCodeParts => ({
  get: getCardCode,
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  screen: brightScreen(),
  openPlugin: openPluginPage,
  mayOpenPlugin: mayOpenPluginPage,
  // This page stands again at the end of the verification: it must not lie below itself.
  verify: (patientId) => openProtected('card-code', { patientId }, { replace: true }),
  claim: (patientId) => beginEnrolment({ intent: 'upgrade', patientId }),
})

// A gateway that says 0 would be asked without a pause.
const LEAST_SECONDS = 10
const MOST_SECONDS = 3600
const RETRY_MS = 10_000

/** Shows a code and keeps it fresh for as long as the page is seen. */
export function useCardCode(parts: CardCodeParts = live()) {
  const view = shallowRef<CardCodeView>()
  /** Nothing can be shown. */
  const problem = shallowRef<ApiError>()
  /** The last code is still shown, and may have run out. */
  const stale = ref(false)
  const asking = ref(false)
  const { opening, openFailed, open } = useOpening()
  /** Undefined: the hospital decides which comes first. */
  const type = ref<CodeType>()
  const hadHealthCard = ref(false)
  let failed = false
  let patientId = ''
  let shown = false
  let round = 0
  let stop = () => {}

  function arrive(query: PageQuery): void {
    patientId = query['patientId'] ?? ''
    failed = query['fallback'] !== undefined
  }

  async function show(): Promise<void> {
    shown = true
    await refresh()
  }

  function hide(): void {
    shown = false
    stop()
    parts.screen.restore()
  }

  async function refresh(): Promise<void> {
    stop()
    // Of two answers under way only the one asked for last counts: the person may have switched the code.
    const mine = ++round
    asking.value = true
    const result = await parts.get(patientId, type.value)
    if (mine !== round) return
    asking.value = false
    if (result.ok) await take(result.data)
    else refuse(result.error)
  }

  async function take(data: CardCodeView): Promise<void> {
    view.value = data
    problem.value = undefined
    stale.value = false
    if (data.kind === 'health-card') hadHealthCard.value = true
    if (!shown) return
    if (data.kind === 'counter') parts.screen.restore()
    else parts.screen.raise()
    again(Math.min(Math.max(data.refreshSeconds, LEAST_SECONDS), MOST_SECONDS) * 1000)
    const page = data.kind === 'health-card' ? data.pluginPage : null
    if (page !== null && parts.mayOpenPlugin(patientId)) await parts.openPlugin(page)
  }

  function refuse(error: ApiError): void {
    // Only a lost answer leaves the old code standing; a refusal says that it is not this person's to show.
    if (view.value && error.happened === 'unknown') {
      stale.value = true
      if (view.value.kind === 'health-card') type.value = view.value.codeType
    } else {
      view.value = undefined
      problem.value = error
      parts.screen.restore()
    }
    if (error.happened === 'unknown') again(RETRY_MS)
  }

  function again(ms: number): void {
    stop()
    if (shown) stop = parts.after(ms, () => void refresh())
  }

  async function choose(wanted: CodeType): Promise<void> {
    if (type.value === wanted) return
    type.value = wanted
    await refresh()
  }

  const pluginPage = computed(() => (view.value?.kind === 'health-card' ? view.value.pluginPage : null))
  return {
    view,
    problem,
    opening,
    openFailed,
    pluginPage,
    /** Which of the two is marked: the one asked for while it is on its way, then the one that is shown. */
    picked: computed(() =>
      view.value?.kind === 'health-card' && !asking.value ? view.value.codeType : type.value,
    ),
    staleText: computed(() => (stale.value && view.value ? staleText(view.value) : '')),
    mustVerify: computed(() => problem.value !== undefined && needsVerification(problem.value)),
    step: computed(() => view.value && nextStep(view.value)),
    what: computed(() => (view.value ? whatText(view.value) : '')),
    why: computed(() =>
      view.value ? whyText(view.value, { failed, hadHealthCard: hadHealthCard.value }) : '',
    ),
    /** Nobody who has not tried yet is told "again". */
    verifyText: computed(() => (failed || hadHealthCard.value ? texts.verifyAgain : texts.verify)),
    arrive,
    show,
    hide,
    retry: () => open(async () => refresh().then(() => true)),
    choose,
    verify: () => open(() => parts.verify(patientId)),
    claim: () => open(() => parts.claim(patientId)),
    openPlugin: () => open(() => parts.openPlugin(pluginPage.value ?? '')),
  }
}
