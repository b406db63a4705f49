import { shanghaiDay } from '@zhangyi/core'
import { computed, ref } from 'vue'
import type { PersonInput } from '../api/types.ts'
import type { Draft } from '../flow/draft.ts'
import type { ApiError } from '../platform/api-error.ts'
import { currentMe, ensureMe } from '../session/me.ts'
import { needsGuardian, personInput } from './person-input.ts'
import { guardianRows, personRows } from './rows.ts'
import { useForm } from './use-form.ts'

// Of the hospital's setting until the gateway has told it.
const GUARDIAN_UNDER_AGE = 14

/** The form about a whole person, with a guardian where the age asks for one. */
export function usePersonForm(nowMs: () => number = Date.now) {
  const today = () => shanghaiDay(nowMs())
  const underAge = computed(() => currentMe.value?.guardianUnderAge ?? GUARDIAN_UNDER_AGE)
  /** The gateway asked for one although this form saw no reason. */
  const guardianAsked = ref(false)
  const hasGuardian = (draft: Draft) => guardianAsked.value || needsGuardian(draft, underAge.value, nowMs())

  const form = useForm({
    today,
    rows: (draft) => [
      ...personRows(draft, today()),
      ...(hasGuardian(draft) ? guardianRows(draft, today()) : []),
    ],
  })
  const withGuardian = computed(() => hasGuardian(form.draft.value))

  async function begin(flow: string): Promise<void> {
    form.begin(flow, { idType: '01', 'guardian.idType': '01' })
    const me = await ensureMe()
    // The first patient of most people is themselves; for a further one nobody can know.
    if (me.ok && me.data.patients.length === 0 && !form.draft.value['relation']) form.put('relation', '本人')
  }

  function input(): PersonInput {
    return personInput(form.draft.value, withGuardian.value)
  }

  function refuse(error: ApiError): void {
    if (error.fields?.some(({ field }) => field.startsWith('guardian'))) guardianAsked.value = true
    form.refuse(error)
  }

  return {
    ...form,
    personRows: computed(() => form.rows.value.filter(({ name }) => !name.startsWith('guardian.'))),
    guardianRows: computed(() => form.rows.value.filter(({ name }) => name.startsWith('guardian.'))),
    underAge,
    begin,
    input,
    refuse,
  }
}
