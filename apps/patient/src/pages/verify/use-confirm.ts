import { computed, ref, shallowRef } from 'vue'
import type { Purpose } from '../../api/purposes.ts'
import type { MeView, PatientView } from '../../api/types.ts'
import { isPurpose } from '../../api/verification-readers.ts'
import type { GrantView, StartVerification } from '../../api/verification-types.ts'
import { cardCodeFallback, protectedTarget } from '../../flow/verify-target.ts'
import { errandNow, forgetErrand, takeArrivedCode, takeWechatCode } from '../../flow/wechat-code.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { type ConfirmParts, liveConfirm } from './confirm-parts.ts'

/** 先显示默认查询用户，待用户确认后验证. The card code asks nobody: there the platform alone decides who must verify. */
export function useConfirm(parts: ConfirmParts = liveConfirm) {
  const me = shallowRef<MeView>()
  const patient = shallowRef<PatientView>()
  const purpose = ref<Purpose>()
  /** The page cannot be shown at all. */
  const problem = shallowRef<ApiError>()
  /** The last press, or the trip for a code, had no success. */
  const refusal = shallowRef<ApiError>()
  const choosing = ref(false)
  const busy = ref(false)
  /** Goes on by itself: there is nothing to press. */
  const working = ref(true)
  let query: PageQuery = {}
  let wantsConsent = false
  const isCardCode = computed(() => purpose.value === 'card-code')
  const lacksConsent = computed(() => me.value?.consent.accepted === false)

  async function arrive(given: PageQuery): Promise<void> {
    takeArrivedCode(given, 'verify')
    query = given
    purpose.value = isPurpose(given['purpose']) ? given['purpose'] : undefined
    const errand = errandNow()
    const cameBack =
      errand?.next === 'verify' &&
      errand.purpose === given['purpose'] &&
      errand.patientId === given['patientId']
    keepAddress()
    if (!cameBack) return run()
    const wechatCode = takeWechatCode()
    // One trip, one code: whatever comes next begins with a trip of its own.
    forgetErrand()
    if (wechatCode !== undefined) await start({ ...wish(errand.patientId), wechatCode })
    else await stay(localError('NO_WECHAT_CODE'), errand.patientId)
  }

  // Without a purpose the page stops before anything asks for this.
  const wish = (patientId: string) => ({ purpose: purpose.value ?? ('card-code' as const), patientId })

  function keepAddress(): void {
    const kept = ['purpose', 'patientId', 'fresh', 'choose'].flatMap((name) => {
      const value = query[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    parts.cleanAddress(Object.fromEntries(kept))
  }

  async function run(): Promise<void> {
    working.value = true
    if (!(await load())) return
    if (me.value && patient.value && (await goesStraight(patient.value))) return
    choosing.value = query['choose'] !== undefined
    const auto = isCardCode.value && patient.value?.id === query['patientId'] && !choosing.value
    // Leaving, it keeps saying that it works; whatever holds it up shows the page.
    if (auto) await go()
    else working.value = false
  }

  async function load(): Promise<boolean> {
    problem.value = purpose.value === undefined ? localError('NO_FLOW') : undefined
    if (problem.value) return false
    const result = await parts.loadMe()
    if (!result.ok) {
      problem.value = result.error
      return false
    }
    me.value = result.data
    const { patients } = result.data
    const byId = patients.find(({ id }) => id === (patient.value?.id ?? query['patientId']))
    patient.value = byId ?? patients.find(({ isDefault }) => isDefault) ?? patients[0]
    return true
  }

  /** A live grant opens without a second verification; the card code's is the platform's to judge, each time. */
  async function goesStraight({ id }: PatientView): Promise<boolean> {
    if (isCardCode.value || query['fresh'] !== undefined) return false
    const grants = await parts.getGrants()
    // The gateway names live ones only; a phone's own clock may be wrong.
    const opens = (grant: GrantView) => grant.patientId === id && grant.purpose === purpose.value
    if (!grants.ok || !grants.data.some(opens)) return false
    return parts.openTarget(protectedTarget(wish(id)))
  }

  function pick(id: string): void {
    patient.value = me.value?.patients.find((one) => one.id === id) ?? patient.value
    choosing.value = false
    refusal.value = undefined
    query = { ...query, patientId: id }
    keepAddress()
  }

  /** 确认: to the platform, with a fresh code of WeChat. */
  async function go(): Promise<void> {
    const as = me.value
    const chosen = patient.value
    if (busy.value || !as || !chosen) return
    busy.value = true
    refusal.value = undefined
    if (!as.consent.accepted) await askConsent()
    else if (!(await parts.fetchCode({ next: 'verify', ...wish(chosen.id) }, as)))
      await stay(localError('NO_WECHAT_CODE'), chosen.id)
    busy.value = false
  }

  async function askConsent(): Promise<void> {
    working.value = false
    wantsConsent = await parts.openConsent()
    if (!wantsConsent) refusal.value = localError('CANNOT_OPEN')
  }

  /** Back from the consent page, which lay above this one: goes on when it was given. */
  async function show(): Promise<void> {
    if (!wantsConsent) return
    wantsConsent = false
    if ((await load()) && !lacksConsent.value) await go()
  }

  async function start(input: StartVerification): Promise<void> {
    const result = await parts.start(input)
    if (!result.ok) return stay(result.error, input.patientId)
    if (!(await parts.openVerification(result.data))) await stay(localError('CANNOT_OPEN'), input.patientId)
  }

  /** It went no further. The card code is shown all the same; for the rest the page says what is wrong. */
  async function stay(error: ApiError, patientId: string): Promise<void> {
    const consent = error.code === 'consent-required'
    if (isCardCode.value && !consent && (await parts.openTarget(cardCodeFallback(patientId)))) return
    const shown = await load()
    working.value = false
    if (shown && consent) await askConsent()
    else refusal.value = error
  }

  return {
    me,
    patient,
    purpose,
    problem,
    refusal,
    choosing,
    busy,
    working,
    isCardCode,
    lacksConsent,
    arrive,
    run,
    show,
    pick,
    go,
    showCode: () => parts.openTarget(cardCodeFallback(patient.value?.id ?? '')),
  }
}
