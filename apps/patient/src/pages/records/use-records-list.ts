import { computed, ref, shallowRef } from 'vue'
import type { RecordKind } from '../../api/purposes.ts'
import type { RecordList } from '../../api/record-types.ts'
import { listRecords, type RecordAt } from '../../api/records.ts'
import { needsVerification, openProtected } from '../../flow/open-protected.ts'
import { type ApiError, localError } from '../../platform/api-error.ts'
import { openPage, redirectPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { groupRecords, modalitiesOf } from './group-records.ts'
import { purposeOf, recordKindIn } from './record-kinds.ts'
import { type RangeChoice, rangeOf } from './record-range.ts'
import { useGrantTime } from './use-grant-time.ts'

// A slow phone draws hundreds of rows slowly, and nobody reads them at once.
const ROWS_AT_ONCE = 30

export type RecordsListParts = {
  readonly list: typeof listRecords
  readonly protect: typeof openProtected
  readonly openRecord: (at: RecordAt) => Promise<boolean>
  readonly toMenu: () => Promise<boolean>
  readonly now: () => number
}
const live: RecordsListParts = {
  list: listRecords,
  protect: openProtected,
  openRecord: ({ kind, key, patientId }) => openPage(routes.recordDetail, { kind, patientId, key }),
  toMenu: () => redirectPage(routes.recordsMenu),
  now: Date.now,
}

export function useRecordsList(parts: RecordsListParts = live) {
  const list = shallowRef<RecordList>()
  const problem = shallowRef<ApiError>()
  const openFailed = ref(false)
  const choice = ref<RangeChoice>('year')
  const modality = ref('')
  const most = ref(ROWS_AT_ONCE)
  const kind = ref<RecordKind>('lab')
  const time = useGrantTime(parts.now)
  let patientId = ''
  // The gateway's day, from its first answer: a phone's own clock may be wrong.
  let today = ''
  let turn = 0

  async function arrive(query: PageQuery): Promise<void> {
    const known = recordKindIn(query['kind'])
    if (!known) return void (await parts.toMenu())
    kind.value = known
    patientId = query['patientId'] ?? ''
    if (patientId === '') await verify()
    else await load()
  }

  async function load(): Promise<void> {
    const mine = ++turn
    list.value = undefined
    problem.value = undefined
    const range = today === '' ? undefined : rangeOf(choice.value, today)
    const result = await parts.list({ kind: kind.value, patientId }, range)
    // Another range was chosen meanwhile.
    if (mine !== turn) return
    if (result.ok) {
      list.value = result.data
      today ||= result.data.to
      time.begin(result.data.grant)
    } else if (needsVerification(result.error)) await verify(result.error)
    else problem.value = result.error
  }

  /** This patient's reports need a verification (again). */
  async function verify(error: ApiError = localError('CANNOT_OPEN')): Promise<void> {
    const query = patientId === '' ? { kind: kind.value } : { kind: kind.value, patientId }
    if (!(await parts.protect(purposeOf[kind.value], query, { replace: true }))) problem.value = error
  }

  async function choose(next: RangeChoice): Promise<void> {
    if (next === choice.value && !problem.value) return
    choice.value = next
    modality.value = ''
    most.value = ROWS_AT_ONCE
    await load()
  }

  /** Back from a report: the time may be over, or the person was verified again on another page. */
  async function show(): Promise<void> {
    time.tick()
    if (time.lapsed.value && list.value) await load()
  }

  const records = computed(() => list.value?.records ?? [])
  const chosen = computed(() =>
    records.value.filter((one) => modality.value === '' || one.modality === modality.value),
  )
  return {
    list,
    problem,
    openFailed,
    choice,
    kind,
    time,
    modality,
    modalities: computed(() => modalitiesOf(records.value)),
    count: computed(() => chosen.value.length),
    isEmpty: computed(() => list.value?.records.length === 0),
    groups: computed(() => groupRecords(kind.value, chosen.value.slice(0, most.value))),
    hidden: computed(() => Math.max(0, chosen.value.length - most.value)),
    arrive,
    load,
    show,
    choose,
    verifyAgain: () => verify(),
    showMore(): void {
      most.value += ROWS_AT_ONCE
    },
    /** Asks whom next: a grant is for one patient, so another one needs a verification of their own. */
    async switchPatient(): Promise<void> {
      const how = { replace: true, choose: true }
      openFailed.value = !(await parts.protect(purposeOf[kind.value], { kind: kind.value }, how))
    },
    async open(key: string): Promise<void> {
      openFailed.value = !(await parts.openRecord({ kind: kind.value, patientId, key }))
    },
  }
}
