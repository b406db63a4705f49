import { computed, ref, shallowRef } from 'vue'
import type { RecordDetail } from '../../api/record-types.ts'
import { getRecord, getTrend, pdfPath, type RecordAt, type TrendOf } from '../../api/records.ts'
import { needsVerification, openProtected } from '../../flow/open-protected.ts'
import { purposeOf, recordKindIn } from '../../pages/records/record-kinds.ts'
import { useGrantTime } from '../../pages/records/use-grant-time.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage, redirectPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { isH5 } from '../../platform/target.ts'
import { recordTexts as texts } from '../../texts/records.ts'
import { openPdf } from './open-pdf.ts'
import { useIndicators } from './use-indicators.ts'

export type RecordDetailParts = {
  readonly get: typeof getRecord
  readonly trend: typeof getTrend
  readonly protect: typeof openProtected
  readonly openTrend: (of: TrendOf) => Promise<boolean>
  readonly openPdf: typeof openPdf
  readonly toMenu: () => Promise<boolean>
  readonly now: () => number
}
const live: RecordDetailParts = {
  get: getRecord,
  trend: getTrend,
  protect: openProtected,
  openTrend: ({ kind, patientId, indicator }) =>
    openPage(routes.recordsTrend, { kind, patientId, indicator }),
  openPdf,
  toMenu: () => redirectPage(routes.recordsMenu),
  now: Date.now,
}

export function useRecordDetail(parts: RecordDetailParts = live) {
  const detail = shallowRef<RecordDetail>()
  const problem = shallowRef<ApiError>()
  /** The address names no report of this person; going back to the list helps, trying again does not. */
  const gone = ref(false)
  const refusal = ref('')
  const busy = ref(false)
  const time = useGrantTime(parts.now)
  const indicators = useIndicators(detail, parts.trend)
  let at: RecordAt | undefined

  async function arrive(query: PageQuery): Promise<void> {
    const kind = recordKindIn(query['kind'])
    const { patientId = '', key = '' } = query
    if (!kind || patientId === '' || key === '') {
      gone.value = true
      return
    }
    at = { kind, patientId, key }
    await load()
  }

  async function load(): Promise<void> {
    problem.value = undefined
    detail.value = undefined
    if (await ask()) await indicators.loadFirst()
  }

  /** Asks the gateway for the report; false when it cannot be shown, and then the page says or does what helps. */
  async function ask(): Promise<boolean> {
    if (!at) return false
    const result = await parts.get(at)
    if (result.ok) {
      detail.value = result.data
      time.begin(result.data.grant)
      return true
    }
    if (result.error.code === 'record-not-found') gone.value = true
    else if (!needsVerification(result.error) || !(await verify())) problem.value = result.error
    return false
  }

  function verify(): Promise<boolean> {
    if (!at) return Promise.resolve(false)
    const { kind, patientId } = at
    return parts.protect(purposeOf[kind], { kind, patientId }, { replace: true })
  }

  async function pdf(): Promise<void> {
    if (!at || busy.value) return
    busy.value = true
    refusal.value = ''
    // H5: the browser leaves for the file and shows a refusal as it stands. So it is asked for the report first, and
    // what is wrong (the time is over, the HIS is down) is said on this page.
    if (!isH5 || (await ask())) {
      const outcome = await parts.openPdf(pdfPath(at))
      if (outcome === 'cannot-open') refusal.value = texts.pdfCannotOpen
      // A download says only that it failed; asking for the report finds out whether the time was over.
      if (outcome === 'failed' && (await ask())) refusal.value = texts.pdfFailed
    }
    busy.value = false
  }

  return {
    detail,
    problem,
    gone,
    refusal,
    busy,
    time,
    indicators,
    isEmpty: computed(
      () =>
        detail.value !== undefined &&
        detail.value.indicators.length + detail.value.sections.length + detail.value.lines.length === 0,
    ),
    arrive,
    load,
    pdf,
    toMenu: () => parts.toMenu(),
    async verifyAgain(): Promise<void> {
      if (!(await verify())) refusal.value = texts.openFailed
    },
    async show(): Promise<void> {
      time.tick()
      if (time.lapsed.value && detail.value) await load()
    },
    async openTrend(indicator: string): Promise<void> {
      if (at) await parts.openTrend({ kind: at.kind, patientId: at.patientId, indicator })
    },
  }
}
