import { computed, ref, shallowRef } from 'vue'
import type { MeView, PatientView } from '../api/types.ts'
import { beginEnrolment } from '../flow/begin-enrolment.ts'
import type { FlowOrigin } from '../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../platform/api-error.ts'
import { openPage } from '../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../platform/page-query.ts'
import { routes } from '../platform/routes.ts'
import { loadMe } from '../session/me.ts'

export type VisitorParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly openConsent: () => Promise<boolean>
  readonly begin: (origin: FlowOrigin) => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
}
const liveVisitor: VisitorParts = {
  loadMe,
  openConsent: () => openPage(routes.consent),
  begin: beginEnrolment,
  cleanAddress,
}

/** What stands between the person and the page; `open`: nothing. */
export type Gate = 'loading' | 'problem' | 'consent' | 'no-patient' | 'open'

/**
 * For whom a page works: the patient of the address, else the default one; changed on the page itself.
 * `load` brings what the page shows for this patient and answers what went wrong.
 */
export function useVisitor(
  load: (patientId: string) => Promise<ApiError | undefined>,
  parts: VisitorParts = liveVisitor,
) {
  const me = shallowRef<MeView>()
  const patient = shallowRef<PatientView>()
  const problem = shallowRef<ApiError>()
  const choosing = ref(false)
  const openFailed = ref(false)
  let query: PageQuery = {}
  let wantsConsent = false
  let turn = 0

  const gate = computed<Gate>(() => {
    if (problem.value) return 'problem'
    if (!me.value) return 'loading'
    if (!patient.value) return 'no-patient'
    return me.value.consent.accepted ? 'open' : 'consent'
  })

  async function arrive(given: PageQuery): Promise<void> {
    query = given
    await run()
  }

  async function run(): Promise<void> {
    const mine = ++turn
    problem.value = undefined
    const result = await parts.loadMe()
    if (mine !== turn) return
    if (!result.ok) {
      problem.value = result.error
      return
    }
    me.value = result.data
    patient.value = chosenAmong(result.data.patients)
    if (gate.value === 'open') await loadFor(patient.value?.id ?? '', mine)
  }

  function chosenAmong(patients: readonly PatientView[]): PatientView | undefined {
    const wanted = patient.value?.id ?? query['patientId']
    return (
      patients.find(({ id }) => id === wanted) ?? patients.find(({ isDefault }) => isDefault) ?? patients[0]
    )
  }

  async function loadFor(patientId: string, mine: number): Promise<void> {
    const error = await load(patientId)
    // Another patient was chosen meanwhile.
    if (mine !== turn) return
    // A new version of the text, accepted by nobody yet: who we are says so, too.
    if (error?.code === 'consent-required') me.value = me.value && withoutConsent(me.value)
    else problem.value = error
  }

  async function pick(id: string): Promise<void> {
    choosing.value = false
    const picked = me.value?.patients.find((one) => one.id === id)
    if (!picked || picked.id === patient.value?.id) return
    patient.value = picked
    query = { ...query, patientId: id }
    parts.cleanAddress(query)
    problem.value = undefined
    turn += 1
    await loadFor(id, turn)
  }

  async function open(go: () => Promise<boolean>): Promise<void> {
    openFailed.value = false
    openFailed.value = !(await go())
  }

  return {
    me,
    patient,
    problem,
    choosing,
    openFailed,
    gate,
    arrive,
    run,
    pick,
    open,
    /** Back from the consent page, or from a page on which something may have changed. */
    async show(): Promise<void> {
      if (!wantsConsent) return
      wantsConsent = false
      await run()
    },
    askConsent: () =>
      open(async () => {
        wantsConsent = await parts.openConsent()
        return wantsConsent
      }),
    addPatient: () =>
      open(() => parts.begin({ intent: me.value?.patients.length === 0 ? 'register' : 'add-patient' })),
    claimCard: () => open(() => parts.begin({ intent: 'upgrade', patientId: patient.value?.id ?? '' })),
  }
}

const withoutConsent = (me: MeView): MeView => ({ ...me, consent: { ...me.consent, accepted: false } })
