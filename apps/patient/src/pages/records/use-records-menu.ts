import { ref } from 'vue'
import type { RecordKind } from '../../api/purposes.ts'
import { openProtected } from '../../flow/open-protected.ts'
import { kindTexts } from '../../texts/records.ts'
import { purposeOf, recordKinds } from './record-kinds.ts'

export function useRecordsMenu(protect: typeof openProtected = openProtected) {
  const opening = ref(false)
  const openFailed = ref(false)

  async function open(kind: RecordKind): Promise<void> {
    // A second tap while the page is on its way would open it twice.
    if (opening.value) return
    opening.value = true
    openFailed.value = !(await protect(purposeOf[kind], { kind }))
    opening.value = false
  }

  const rows = recordKinds.map((kind) => ({ kind, title: kindTexts[kind].title, what: kindTexts[kind].what }))
  return { rows, openFailed, open }
}
