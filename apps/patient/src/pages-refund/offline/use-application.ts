import { computed, ref, shallowRef } from 'vue'
import {
  addDocument,
  getApplication,
  removeDocument,
  submitApplication,
  withdrawApplication,
} from '../../api/offline.ts'
import type { DocumentKind, OfflineApplication } from '../../api/offline-types.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { type Chosen, chooseDocuments } from '../../platform/choose-documents.ts'
import { redirectPage } from '../../platform/navigate.ts'
import { cleanAddress, type PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { offlineTexts as texts } from '../../texts/offline.ts'
import { takeHandedApplication } from '../shared/handed.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'

export type ApplicationParts = {
  readonly get: typeof getApplication
  readonly add: typeof addDocument
  readonly remove: typeof removeDocument
  readonly submit: typeof submitApplication
  readonly withdraw: typeof withdrawApplication
  readonly choose: typeof chooseDocuments
  readonly takeHanded: (id: string) => OfflineApplication | undefined
  readonly toList: () => Promise<boolean>
  readonly cleanAddress: (keep: PageQuery) => void
  readonly allowed?: AllowedParts
}
const live: ApplicationParts = {
  get: getApplication,
  add: addDocument,
  remove: removeDocument,
  submit: submitApplication,
  withdraw: withdrawApplication,
  choose: chooseDocuments,
  takeHanded: takeHandedApplication,
  toList: () => redirectPage(routes.refundOffline),
  cleanAddress,
}

const MOST_DOCUMENTS = 10

/** One application: its documents until it is sent, and then what the hospital says. */
export function useApplication(parts: ApplicationParts = live) {
  const application = shallowRef<OfflineApplication>()
  const gone = ref(false)
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  const withdrawing = ref(false)
  const uploading = ref('')
  const unreadable = ref(0)
  const allowed = useAllowed(load, { parts: parts.allowed })
  let id = ''

  async function arrive(query: PageQuery): Promise<void> {
    id = query['id'] ?? ''
    parts.cleanAddress({ id })
    application.value = parts.takeHanded(id)
    await allowed.run()
  }

  async function load(): Promise<ApiError | undefined> {
    gone.value = id === ''
    if (gone.value || application.value) return undefined
    const result = await parts.get(id)
    if (result.ok) application.value = result.data
    // Somebody else's, or none: to the person that is the same.
    gone.value = !result.ok && result.error.happened === 'no' && result.error.code !== 'consent-required'
    return result.ok || gone.value ? undefined : result.error
  }

  async function press(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = undefined
    unreadable.value = 0
    await work()
    busy.value = false
  }

  /** Whatever came of it, the application is asked for: a lost answer may have been a success. */
  async function change(result: ApiResult<OfflineApplication>): Promise<boolean> {
    const now = result.ok ? result : await parts.get(id)
    if (now.ok) application.value = now.data
    if (!result.ok) refusal.value = result.error
    return result.ok
  }

  async function upload(kind: DocumentKind): Promise<void> {
    if (busy.value) return
    // Not busy meanwhile: some browsers never tell that somebody turned back from choosing.
    const chosen = await parts.choose(MOST_DOCUMENTS - (application.value?.documents.length ?? 0))
    await press(() => send(kind, chosen))
  }

  async function send(kind: DocumentKind, { documents, unreadable: dropped }: Chosen): Promise<void> {
    unreadable.value = dropped
    for (const [index, document] of documents.entries()) {
      uploading.value = texts.uploading(index + 1, documents.length)
      // One after another: a phone's network carries no two at once.
      if (!(await change(await parts.add(id, { kind, ...document })))) break
    }
    uploading.value = ''
  }

  return {
    allowed,
    application,
    gone,
    refusal,
    busy,
    withdrawing,
    uploading,
    unreadableText: computed(() => (unreadable.value > 0 ? texts.unreadable(unreadable.value) : '')),
    mayUpload: computed(
      () =>
        application.value?.can.changeDocuments === true &&
        application.value.documents.length < MOST_DOCUMENTS,
    ),
    arrive,
    upload,
    remove: (documentId: string) =>
      press(async () => void (await change(await parts.remove(id, documentId)))),
    submit: () => press(async () => void (await change(await parts.submit(id)))),
    withdraw: () =>
      press(async () => {
        await change(await parts.withdraw(id))
        withdrawing.value = false
      }),
    toList: () => allowed.open(parts.toList),
    /** Back on the page: the hospital may have said something meanwhile. */
    async show(): Promise<void> {
      if ((await allowed.show()) || busy.value || !application.value) return
      const now = await parts.get(id)
      if (now.ok && !busy.value) application.value = now.data
    },
  }
}
