import { computed, ref } from 'vue'
import type { VerificationView, VerificationWish } from '../../api/verification-types.ts'
import { getVerification } from '../../api/verifications.ts'
import { takeHandedVerification } from '../../flow/handed-view.ts'
import { openProtected } from '../../flow/open-protected.ts'
import { openTarget } from '../../flow/open-step.ts'
import type { StepTarget } from '../../flow/step-target.ts'
import { useArrival } from '../../flow/use-arrival.ts'
import { openVerification } from '../../flow/verify-open.ts'
import { sendVerifyArrival } from '../../flow/verify-send-arrival.ts'
import { rememberVerifyArrival, wishOf } from '../../flow/verify-storage.ts'
import { cardCodeFallback } from '../../flow/verify-target.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'

export type VerifyReturnParts = {
  readonly send: (id: string) => Promise<ApiResult<VerificationView>>
  readonly poll?: (
    first: ApiResult<VerificationView>,
    isLeft: () => boolean,
  ) => Promise<ApiResult<VerificationView>>
  readonly open: (view: VerificationView) => Promise<boolean>
  readonly openTarget: (target: StepTarget) => Promise<boolean>
  readonly again: (wish: VerificationWish) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
const live: VerifyReturnParts = {
  send: sendVerifyArrival,
  open: openVerification,
  openTarget,
  again: ({ purpose, patientId }) => openProtected(purpose, { patientId }, { replace: true }),
  cleanAddress,
}

/** Where the platform sends the person back to, and where a verification waits for the gateway. */
export function useVerifyReturn(parts: VerifyReturnParts = live) {
  const id = ref('')
  const { problem, slow, goOn, leave } = useArrival<VerificationView>({
    async first(verification) {
      const handed = takeHandedVerification(verification)
      return handed ? { ok: true, data: handed } : parts.send(verification)
    },
    get: getVerification,
    open: parts.open,
    ...(parts.poll ? { poll: parts.poll } : {}),
  })
  const wish = computed(() => wishOf(id.value))
  const isCardCode = computed(() => wish.value?.purpose === 'card-code')
  /** Refused for good: to send the same again helps nobody, to begin again does. */
  const final = computed(() => problem.value?.happened === 'no')

  async function arrive(query: PageQuery): Promise<void> {
    id.value = query['verification'] ?? ''
    // First of all: the number into storage and out of the address, before anything can fail.
    if (id.value !== '') rememberVerifyArrival(id.value, query)
    parts.cleanAddress(id.value === '' ? {} : { verification: id.value })
    await run()
  }

  async function run(): Promise<void> {
    await goOn(id.value)
    // Refused, but the code at the counter is not held up by it.
    if (final.value && isCardCode.value) await showCode()
  }

  async function showCode(): Promise<void> {
    if (wish.value) await parts.openTarget(cardCodeFallback(wish.value.patientId))
  }

  async function again(): Promise<void> {
    if (wish.value) await parts.again(wish.value)
  }

  return { problem, slow, final, wish, isCardCode, arrive, goOn: run, leave, showCode, again }
}
