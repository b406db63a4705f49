import { shanghaiDay } from '@zhangyi/core'
import { nextTick, ref } from 'vue'
import type { PersonalData, PersonalDataChange } from '../../api/personal-data-types.ts'
import type { Draft } from '../../flow/draft.ts'
import { neededFieldProblem } from '../../person-form/check-field.ts'
import type { FieldRow } from '../../person-form/field-row.ts'
import { useForm } from '../../person-form/use-form.ts'
import { personalDataTexts as texts } from '../../texts/personal-data.ts'

export type ChangeField = 'phone' | 'address'

const rows: Readonly<Record<ChangeField, FieldRow>> = {
  phone: {
    name: 'phone',
    label: texts.newPhone,
    kind: 'phone',
    placeholder: texts.phonePlaceholder,
    maxlength: 20,
    required: true,
  },
  address: {
    name: 'address',
    label: texts.newAddress,
    kind: 'text',
    placeholder: texts.addressPlaceholder,
    maxlength: 200,
    required: true,
  },
}

/** The form for one value. It is never begun with a flow, so nothing of it is written to the phone's storage. */
export function useChange(present: () => PersonalData | undefined) {
  const field = ref<ChangeField>()

  const form = useForm({
    today: () => shanghaiDay(Date.now()),
    rows: () => (field.value ? [rows[field.value]] : []),
    check: (name: string, draft: Draft, today: string) => {
      if (name !== 'phone' && name !== 'address') return undefined
      const same = (draft[name] ?? '').trim() === (present()?.[name] ?? '')
      return neededFieldProblem(name, draft, today) ?? (same ? texts.same[name] : undefined)
    },
  })

  function open(wanted: ChangeField): void {
    field.value = wanted
    form.problems.value = {}
    form.notice.value = ''
    form.traceId.value = ''
    // An address is mostly mended in part; a number is typed anew.
    form.draft.value = wanted === 'address' ? { address: present()?.address ?? '' } : {}
    // Once it stands on the page: the form appears above what the person has just pressed.
    void nextTick(() => {
      form.target.value = { name: wanted, times: form.target.value.times + 1 }
    })
  }

  function close(): void {
    field.value = undefined
    form.draft.value = {}
  }

  const input = (name: ChangeField): PersonalDataChange => ({ [name]: (form.draft.value[name] ?? '').trim() })

  return { ...form, field, open, close, input }
}
