import { computed, shallowRef } from 'vue'
import type { MeView, PatientView } from '../../api/types.ts'
import { getWaitingRefunds } from '../../api/waiting-refunds.ts'
import { cardAction, cardFace } from '../../components/card-face.ts'
import { beginEnrolment } from '../../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../../flow/flow-storage.ts'
import { openProtected } from '../../flow/open-protected.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { hospitalNow, loadMe } from '../../session/me.ts'
import { commonTexts } from '../../texts/common.ts'
import { homeTexts } from '../../texts/home.ts'
import { showCode } from '../card-code/show-code.ts'
import { useOpening } from './use-opening.ts'
import { type WaitingRefund, waitingRefund } from './waiting-refund.ts'

export type HomeParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly openPatients: () => Promise<boolean>
  readonly showCode: (patient: PatientView) => Promise<boolean>
  readonly openTile: (id: TileId) => Promise<boolean>
  readonly refunds: typeof getWaitingRefunds
  readonly openRefund: (waiting: WaitingRefund) => Promise<boolean>
  readonly nowMs: () => number
}

type TileId = keyof typeof homeTexts.tiles
export type Tile = { readonly id: TileId; readonly mark: string; readonly title: string }
/** Only what is built: prescriptions and diagnoses are reached from the reports. */
const tiles: readonly Tile[] = (
  ['book', 'fees', 'records', 'registrations', 'paidFees', 'refunds', 'inpatient', 'personalData'] as const
).map((id) => ({ id, ...homeTexts.tiles[id] }))

function openTile(id: TileId): Promise<boolean> {
  switch (id) {
    case 'book':
      return openPage(routes.visitDepartments)
    case 'fees':
      return openPage(routes.pendingFees)
    case 'registrations':
      return openPage(routes.registrations)
    case 'paidFees':
      return openPage(routes.paidFees)
    case 'refunds':
      return openPage(routes.refundEntries)
    case 'records':
      return openPage(routes.recordsMenu)
    case 'inpatient':
      return openProtected('inpatient-list')
    case 'personalData':
      return openProtected('personal-data')
  }
}

const live: HomeParts = {
  loadMe,
  begin: beginEnrolment,
  openPatients: () => openPage(routes.patients),
  showCode,
  openTile,
  refunds: getWaitingRefunds,
  openRefund: ({ caseId }) =>
    caseId === undefined ? openPage(routes.refunds) : openPage(routes.refundCase, { id: caseId }),
  nowMs: Date.now,
}

export function useHome(parts: HomeParts = live) {
  const me = shallowRef<MeView>()
  const error = shallowRef<ApiError>()
  const waiting = shallowRef<WaitingRefund>()
  const { opening, openFailed, open } = useOpening()

  async function refresh(): Promise<void> {
    const result = await parts.loadMe()
    if (result.ok) {
      me.value = result.data
      error.value = undefined
      void lookForRefunds()
    } else {
      error.value = result.error
    }
  }

  /** Not waited for: the page is there before. Without an answer there is no such news. */
  async function lookForRefunds(): Promise<void> {
    const result = await parts.refunds()
    if (result.ok) waiting.value = waitingRefund(result.data, parts.nowMs())
  }

  const current = computed(() => me.value?.patients.find((one) => one.isDefault) ?? me.value?.patients[0])
  const full = computed(() => me.value !== undefined && me.value.patients.length >= me.value.maxPatients)

  return {
    me,
    error,
    /** A refund that arrives only when the person confirms it. */
    waiting,
    opening,
    openFailed,
    refresh,
    current,
    face: computed(() => current.value && cardFace(current.value, me.value?.hospital.name ?? '')),
    /** Empty where this patient has no code at all. */
    action: computed(() => (current.value ? cardAction(current.value) : '')),
    /** What is there for a patient is there once there is one. */
    tiles: computed(() => (current.value ? tiles : [])),
    /** The health card did not come about: it is offered again, in one tap. */
    offersCard: computed(() => current.value !== undefined && current.value.card !== 'linked'),
    mayAdd: computed(() => !full.value),
    title: computed(() => me.value?.hospital.name ?? hospitalNow()?.name ?? commonTexts.appName),
    phone: computed(() => me.value?.hospital.phone ?? hospitalNow()?.phone ?? ''),
    phoneLine: computed(() => commonTexts.phonePrefix + (me.value?.hospital.phone ?? '')),
    patientsLine: computed(() =>
      homeTexts.patientsWhat(me.value?.patients.length ?? 0, me.value?.maxPatients ?? 0),
    ),
    claim: () => open(() => parts.begin({ intent: 'register' })),
    addPatient: () => open(() => parts.begin({ intent: 'add-patient' })),
    claimLater: () => open(() => parts.begin({ intent: 'upgrade', patientId: current.value?.id ?? '' })),
    showPatients: () => open(parts.openPatients),
    showCode: () => open(async () => (current.value ? parts.showCode(current.value) : false)),
    openRefund: () => open(async () => (waiting.value ? parts.openRefund(waiting.value) : false)),
    openTile: (id: TileId) => open(() => parts.openTile(id)),
  }
}
