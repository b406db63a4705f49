import { computed, ref } from 'vue'
import { submitForm } from '../../api/enrolments.ts'
import type { FlowView, FormInput } from '../../api/types.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import { authCodeOf, forgetAuthCode, originOf } from '../../flow/flow-storage.ts'
import { type FlowPageParts, useFlowPage } from '../../flow/use-flow-page.ts'
import { usePersonForm } from '../../person-form/use-person-form.ts'
import type { ApiResult } from '../../platform/api-error.ts'

export type ApplyParts = {
  readonly submit: (flow: string, input: FormInput) => Promise<ApiResult<FlowView>>
  readonly begin: typeof beginEnrolment
  readonly page?: FlowPageParts
}
const live: ApplyParts = { submit: submitForm, begin: beginEnrolment }

/** 申领: the form of a new health card. Its authCode lies in storage since the platform sent the person here. */
export function useApplyForm(parts: ApplyParts = live) {
  const page = useFlowPage(['form'], parts.page)
  const form = usePersonForm()
  const authCode = ref<string>()

  async function arrive(flow: string): Promise<void> {
    authCode.value = authCodeOf(flow)
    await Promise.all([form.begin(flow), page.load(flow)])
  }

  async function submit(): Promise<void> {
    const code = authCode.value
    if (code === undefined || !form.mayBeSent()) return
    const flow = page.flow.value
    const error = await page.send(async () => {
      const result = await parts.submit(flow, { ...form.input(), authCode: code })
      if (result.ok) forgetAuthCode(flow)
      return result
    })
    if (!error) return
    if (error.code === 'code-refused') {
      forgetAuthCode(flow)
      authCode.value = undefined
    }
    form.refuse(error)
  }

  /** What was typed goes along: it belongs to the new flow from then on. */
  function startAgain(): Promise<boolean> {
    const flow = page.flow.value
    return parts.begin(originOf(flow) ?? { intent: 'register' }, { replace: true, retryOf: flow })
  }

  return { page, form, lacksCode: computed(() => authCode.value === undefined), arrive, submit, startAgain }
}
