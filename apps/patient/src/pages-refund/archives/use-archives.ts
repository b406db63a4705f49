import { computed, ref, shallowRef } from 'vue'
import type { ArchiveChoice, Archives, Entries, RefundCase } from '../../api/refund-types.ts'
import { getEntries, listArchives, refundByFace } from '../../api/refunds.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { askSubscription } from '../../platform/ask-subscription.ts'
import { openPage, redirectPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'
import { yuan } from '../../visitor/yuan.ts'
import { plainYuan, readAmount } from '../shared/amount.ts'
import { handCase, takeHandedArchives } from '../shared/handed.ts'
import { refusalWords } from '../shared/refusal-words.ts'
import { requestKeys } from '../shared/request-key.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'

export type ArchivesParts = {
  readonly archives: typeof listArchives
  readonly entries: typeof getEntries
  readonly refund: typeof refundByFace
  readonly askSubscription: typeof askSubscription
  readonly takeHanded: (checkId: string) => Archives | undefined
  readonly openNew: (made: RefundCase) => Promise<boolean>
  readonly openCase: (id: string) => Promise<boolean>
  readonly checkAgain: () => Promise<boolean>
  readonly openOffline: () => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
  readonly allowed?: AllowedParts
}
const live: ArchivesParts = {
  archives: listArchives,
  entries: getEntries,
  refund: refundByFace,
  askSubscription,
  takeHanded: takeHandedArchives,
  async openNew(made) {
    handCase(made)
    // The face check is spent: "back" from the refund leads to the ways.
    return redirectPage(routes.refundCase, { id: made.id })
  },
  openCase: (id) => redirectPage(routes.refundCase, { id }),
  checkAgain: () => redirectPage(routes.refundFace),
  openOffline: () => openPage(routes.refundOffline),
  cleanAddress,
}

// The check is over its time, made its refund, or is nobody's: only a new one helps.
const SPENT = ['verification-required', 'not-found']

/** What the hospital has of the person before the camera: one archive may be refunded, several are merged first. */
export function useArchives(parts: ArchivesParts = live) {
  const found = shallowRef<Archives>()
  const entries = shallowRef<Entries>()
  const spent = ref(false)
  const amount = ref('')
  const amountProblem = ref('')
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  const asking = ref(false)
  const chosen = computed(() => theOne(found.value))
  const keys = requestKeys('face')
  const allowed = useAllowed(load, { needsConsent: true, parts: parts.allowed })
  let checkId = ''

  async function arrive(query: PageQuery): Promise<void> {
    checkId = query['id'] ?? ''
    parts.cleanAddress({ id: checkId })
    await allowed.run()
  }

  async function load(): Promise<ApiError | undefined> {
    const handed = parts.takeHanded(checkId)
    const [settings, error] = await Promise.all([parts.entries(), handed ? undefined : ask()])
    // Without them the hospital's own phone is shown, and the whole balance is refunded.
    if (settings.ok) entries.value = settings.data
    if (handed) take(handed)
    return error
  }

  async function ask(): Promise<ApiError | undefined> {
    const result = await parts.archives(checkId)
    if (result.ok) take(result.data)
    spent.value = !result.ok && isSpent(result.error)
    return result.ok || spent.value ? undefined : result.error
  }

  function take(now: Archives): void {
    const [before, after] = [chosen.value, theOne(now)]
    found.value = now
    // What was typed for the same archive stays as it is.
    if (after?.key !== before?.key) amount.value = after ? plainYuan(after.refundableFen) : ''
    amountProblem.value = ''
  }

  /** 已合并，重新查询. */
  async function askAgain(): Promise<void> {
    if (busy.value || asking.value) return
    asking.value = true
    refusal.value = undefined
    refusal.value = await ask()
    asking.value = false
  }

  const isPartial = computed(() => entries.value?.partial === true)

  async function apply(): Promise<void> {
    const archive = chosen.value
    if (busy.value || !archive || found.value?.openCaseId !== null) return
    refusal.value = undefined
    const typed = readAmount(amount.value, archive.refundableFen)
    amountProblem.value = isPartial.value && !typed.ok ? typed.problem : ''
    if (amountProblem.value !== '') return
    busy.value = true
    await parts.askSubscription(entries.value?.subscribeTemplateIds ?? [])
    const isPart = isPartial.value && typed.ok && typed.amountFen < archive.refundableFen
    await refund({ checkId, archiveKey: archive.key, amountFen: isPart ? typed.amountFen : null })
    busy.value = false
  }

  async function refund(wish: Omit<Parameters<typeof refundByFace>[0], 'requestKey'>): Promise<void> {
    const result = await parts.refund({ ...wish, requestKey: keys.keyFor(wish) })
    if (result.ok) {
      keys.done()
      if (!(await parts.openNew(result.data))) refusal.value = localError('CANNOT_OPEN')
    } else if (result.error.code === 'consent-required') allowed.missConsent()
    else {
      if (result.error.happened === 'no') {
        keys.done()
        // The balance may have changed, or somebody has applied meanwhile.
        await ask()
      }
      spent.value ||= isSpent(result.error)
      refusal.value = result.error
    }
  }

  return {
    allowed,
    found,
    spent,
    amount,
    amountProblem,
    refusal,
    refusalText: computed(() => refusalWords(refusal.value)),
    busy,
    asking,
    isPartial: computed(() => isPartial.value && chosen.value !== undefined),
    rows: computed(() => (found.value?.archives ?? []).map(archiveRow)),
    choice: computed(() => found.value?.choice),
    openCaseId: computed(() => found.value?.openCaseId ?? ''),
    amountHint: computed(() => texts.amountHint(yuan(chosen.value?.refundableFen ?? 0))),
    applyText: computed(() =>
      isPartial.value || !chosen.value ? texts.apply : texts.applyWhole(yuan(chosen.value.refundableFen)),
    ),
    mergePhone: computed(() => entries.value?.mergePhone ?? ''),
    counter: computed(() => entries.value?.counter ?? ''),
    arrive,
    askAgain,
    apply,
    put(text: string): void {
      amount.value = text
      amountProblem.value = ''
    },
    openUnderWay: () => allowed.open(() => parts.openCase(found.value?.openCaseId ?? '')),
    checkAgain: () => allowed.open(parts.checkAgain),
    openOffline: () => allowed.open(parts.openOffline),
  }
}

/** Where empty archives need no merging they stand beside the one that may be refunded. */
function theOne(found: Archives | undefined): ArchiveChoice | undefined {
  if (found?.choice !== 'one') return undefined
  return found.archives.find(({ refundableFen }) => refundableFen > 0)
}

const isSpent = (error: ApiError) => SPENT.includes(error.code)

function archiveRow({ key, name, cardNumber, campus, totalFen, refundableFen, reason }: ArchiveChoice) {
  return {
    key,
    title: cardNumber === '' ? texts.noCard : texts.cardNumber(cardNumber),
    who: [name, campus].filter(Boolean).join(' · '),
    total: yuan(totalFen),
    refundable: refundableFen === totalFen ? '' : yuan(refundableFen),
    reason: reason ?? '',
  }
}
