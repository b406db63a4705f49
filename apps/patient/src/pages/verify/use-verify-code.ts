import { formatShanghai } from '@zhangyi/core'
import { computed, ref, shallowRef } from 'vue'
import type { FallbackInput, SentCode, VerificationView } from '../../api/verification-types.ts'
import { passFallback, sendCode } from '../../api/verifications.ts'
import { useVerifyPage, type VerifyPageParts } from '../../flow/verify-page.ts'
import { useForm } from '../../person-form/use-form.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { ensureMe } from '../../session/me.ts'
import { verifyCodeTexts as texts } from '../../texts/verify.ts'
import { codeProblem, codeRow, codeWayOf, fallbackInput, knownRow } from './check-code.ts'
import { type Ticks, useCountdown } from './use-countdown.ts'

const SEND_AGAIN_AFTER_S = 60

export type VerifyCodeParts = {
  readonly sendCode: (id: string) => Promise<ApiResult<SentCode>>
  readonly pass: (id: string, input: FallbackInput) => Promise<ApiResult<VerificationView>>
  readonly openWays: (id: string) => Promise<boolean>
  readonly page?: VerifyPageParts
  readonly ticks?: Ticks
}
const live: VerifyCodeParts = {
  sendCode,
  pass: passFallback,
  openWays: (id) => redirectPage(routes.verifyWaysOn, { verification: id }),
}

/** What only the patient knows or holds, and a code to the phone that the hospital has. */
export function useVerifyCode(parts: VerifyCodeParts = live) {
  const page = useVerifyPage(['ways-on'], parts.page)
  const way = computed(() => codeWayOf(page.view.value?.ways ?? []))
  const sent = shallowRef<SentCode>()
  const form = useForm({
    rows: () => (way.value ? [knownRow(way.value), codeRow] : []),
    check: (name, draft) =>
      name === 'code' && !sent.value && !draft['code'] ? texts.problems.codeFirst : codeProblem(name, draft),
    today: () => '',
  })
  const countdown = useCountdown(parts.ticks)
  const sending = ref(false)
  const sentLine = computed(() =>
    sent.value ? texts.sent(sent.value.phone, clockTime(sent.value.expiresAt)) : '',
  )
  const getText = computed(() => (sent.value ? texts.getAgain : texts.get))

  async function arrive(id: string): Promise<void> {
    // Without a flow the form keeps nothing: digits and codes do not belong into the phone's storage.
    form.begin('', {})
    await Promise.all([load(id), ensureMe()])
  }

  async function load(id = page.flow.value): Promise<void> {
    await page.load(id)
    await leaveWhenOver()
  }

  /** Switched off, or used up for today: what else there is stands on the page of ways. */
  async function leaveWhenOver(): Promise<void> {
    if (page.view.value && !way.value) await parts.openWays(page.flow.value)
  }

  async function getCode(): Promise<void> {
    if (sending.value || countdown.left.value > 0) return
    sending.value = true
    form.notice.value = ''
    const result = await parts.sendCode(page.flow.value)
    sending.value = false
    if (result.ok) {
      sent.value = result.data
      countdown.begin(SEND_AGAIN_AFTER_S)
    } else await refuse(result.error)
  }

  async function submit(): Promise<void> {
    const by = way.value
    if (!by || !form.mayBeSent()) return
    const error = await page.send(() => parts.pass(page.flow.value, fallbackInput(by, form.draft.value)))
    if (error) await refuse(error)
  }

  async function refuse(error: ApiError): Promise<void> {
    if (error.code === 'code-expired') {
      form.put('code', '')
      form.refuse({ ...error, fields: [{ field: 'code', message: error.message }] })
    } else form.refuse(error)
    if (error.happened === 'unknown') return
    // The gateway counts the tries: with the last one this way is gone.
    await page.refresh()
    await leaveWhenOver()
  }

  return {
    page,
    way,
    form,
    sending,
    sent,
    sentLine,
    getText,
    left: countdown.left,
    arrive,
    load,
    getCode,
    submit,
    stop: countdown.stop,
    otherWays: () => parts.openWays(page.flow.value),
  }
}

/** `HH:mm` in Shanghai. */
function clockTime(iso: string): string {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? '' : formatShanghai(ms).slice(11, 16)
}
