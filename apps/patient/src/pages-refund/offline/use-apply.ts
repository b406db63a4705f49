import { shanghaiDay } from '@zhangyi/core'
import { computed, ref, shallowRef } from 'vue'
import { getOfflineForm, startApplication } from '../../api/offline.ts'
import type { OfflineApplication, OfflineForm, OfflineReason } from '../../api/offline-types.ts'
import { forgetDraft } from '../../flow/draft.ts'
import { useForm } from '../../person-form/use-form.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { offlineTexts as texts } from '../../texts/offline.ts'
import { handApplication } from '../shared/handed.ts'
import { refusalWords } from '../shared/refusal-words.ts'
import { requestKeys } from '../shared/request-key.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'
import { offlineInput, offlineProblem, offlineRows } from './offline-fields.ts'

export type ApplyParts = {
  readonly form: typeof getOfflineForm
  readonly start: typeof startApplication
  readonly openOne: (made: OfflineApplication) => Promise<boolean>
  readonly nowMs: () => number
  readonly allowed?: AllowedParts
}
const live: ApplyParts = {
  form: getOfflineForm,
  start: startApplication,
  async openOne(made) {
    handApplication(made)
    return redirectPage(routes.refundOfflineOne, { id: made.id })
  },
  nowMs: Date.now,
}

const FLOW = 'refund-offline'

/** Why, who, and for whom; the documents come on the next page. */
export function useApply(parts: ApplyParts = live) {
  const about = shallowRef<OfflineForm>()
  const reason = ref<OfflineReason>()
  const reasonMissing = ref(false)
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  const keys = requestKeys('offline')
  const form = useForm({
    rows: (draft) => offlineRows(draft, reason.value),
    today: () => shanghaiDay(parts.nowMs()),
    check: offlineProblem,
  })
  const allowed = useAllowed(load, { needsConsent: true, parts: parts.allowed })

  async function load(): Promise<ApiError | undefined> {
    const result = await parts.form()
    if (result.ok) about.value = result.data
    return result.ok ? undefined : result.error
  }

  async function arrive(): Promise<void> {
    form.begin(FLOW, {})
    await allowed.run()
  }

  async function submit(): Promise<void> {
    const chosen = reason.value
    reasonMissing.value = chosen === undefined
    if (busy.value || !form.mayBeSent() || chosen === undefined) return
    busy.value = true
    refusal.value = undefined
    const wish = offlineInput(form.draft.value, chosen)
    const result = await parts.start({ ...wish, requestKey: keys.keyFor(wish) })
    if (result.ok) {
      keys.done()
      forgetDraft(FLOW)
      if (!(await parts.openOne(result.data))) refusal.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'consent-required') allowed.missConsent()
    else if (result.error.fields) form.refuse(result.error)
    else refusal.value = result.error
    busy.value = false
  }

  return {
    allowed,
    form,
    about,
    refusal,
    refusalText: computed(() => refusalWords(refusal.value, texts.perhapsSent)),
    busy,
    reasonMissing,
    reasons: computed(() =>
      (about.value?.reasons ?? []).map((one) => ({
        id: one.reason,
        title: one.name,
        chosen: one.reason === reason.value,
        documents: one.documents.map(({ text }) => text).join('；'),
      })),
    ),
    closed: computed(() => about.value?.closed ?? ''),
    applicantRows: computed(() => form.rows.value.filter(({ name }) => name.startsWith('applicant.'))),
    patientRows: computed(() => form.rows.value.filter(({ name }) => !name.startsWith('applicant.'))),
    arrive,
    choose(id: OfflineReason): void {
      reason.value = id
      reasonMissing.value = false
      // Not everybody may be the patient themselves.
      const relation = form.rows.value.find(({ name }) => name === 'applicant.relation')
      const typed = form.draft.value['applicant.relation'] ?? ''
      if (!relation?.choices?.some(({ value }) => value === typed)) form.put('applicant.relation', '')
    },
    submit,
  }
}
