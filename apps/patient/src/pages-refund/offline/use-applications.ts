import { computed, shallowRef } from 'vue'
import { getOfflineForm, listApplications } from '../../api/offline.ts'
import type { OfflineApplication, OfflineForm } from '../../api/offline-types.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { offlineStateKinds } from '../../texts/offline.ts'
import { msWords } from '../shared/case-words.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'

export type ApplicationsParts = {
  readonly form: typeof getOfflineForm
  readonly applications: typeof listApplications
  readonly openOne: (id: string) => Promise<boolean>
  readonly openApply: () => Promise<boolean>
  readonly allowed?: AllowedParts
}
const live: ApplicationsParts = {
  form: getOfflineForm,
  applications: listApplications,
  openOne: (id) => openPage(routes.refundOfflineOne, { id }),
  openApply: () => openPage(routes.refundOfflineApply),
}

/** For whom neither way on the phone is open: what the hospital says of it, and the own applications. */
export function useApplications(parts: ApplicationsParts = live) {
  const form = shallowRef<OfflineForm>()
  const applications = shallowRef<readonly OfflineApplication[]>()
  const allowed = useAllowed(load, { parts: parts.allowed })

  async function load(): Promise<ApiError | undefined> {
    const [about, own] = await Promise.all([parts.form(), parts.applications()])
    if (!about.ok) return about.error
    if (!own.ok) return own.error
    form.value = about.data
    applications.value = own.data.applications
    return undefined
  }

  return {
    allowed,
    closed: computed(() => form.value?.closed ?? ''),
    notes: computed(() => (form.value?.notes ?? []).map((text, index) => ({ id: String(index), text }))),
    rows: computed(() => (applications.value ?? []).map(rowOf)),
    mayBegin: computed(() => form.value?.closed === null),
    /** Back from an application: what is shown stays if nobody answers. */
    async show(): Promise<void> {
      if (!(await allowed.show()) && allowed.gate.value === 'open') await load()
    },
    openOne: (id: string) => allowed.open(() => parts.openOne(id)),
    openApply: () => allowed.open(parts.openApply),
  }
}

function rowOf({ id, reasonName, patient, createdAtMs, title, state }: OfflineApplication) {
  return {
    id,
    title: reasonName,
    line: `${patient.name} ${msWords(createdAtMs)}`,
    tag: { text: title, kind: offlineStateKinds[state] },
  }
}
