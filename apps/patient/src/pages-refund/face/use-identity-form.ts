import { checkName, normaliseName, parseResidentId, shanghaiDay } from '@zhangyi/core'
import type { Draft } from '../../flow/draft.ts'
import type { FieldRow } from '../../person-form/field-row.ts'
import { useForm } from '../../person-form/use-form.ts'
import { fieldHints, fieldLabels, fieldPlaceholders, personProblems } from '../../texts/person.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'

const rows: readonly FieldRow[] = [
  {
    name: 'name',
    label: fieldLabels.name,
    kind: 'name',
    placeholder: fieldPlaceholders.name,
    hint: fieldHints.name,
    maxlength: 60,
    required: true,
  },
  {
    name: 'idNumber',
    label: texts.residentId,
    kind: 'id-number',
    placeholder: fieldPlaceholders.idNumber,
    maxlength: 20,
    required: true,
  },
]

function problemOf(name: string, draft: Draft, today: string): string | undefined {
  const value = draft[name] ?? ''
  if (name === 'name') {
    const wrong = checkName(value)
    return wrong && personProblems.name[wrong]
  }
  const resident = parseResidentId(value, today)
  if (resident.ok) return undefined
  // There is no other kind of document here: for those a person at the hospital decides.
  return resident.problem === 'not-resident' ? texts.notResident : personProblems.idNumber[resident.problem]
}

/** Name and resident ID number of the person before the camera. Kept for half an hour, like every form. */
export function useIdentityForm(nowMs: () => number) {
  const today = () => shanghaiDay(nowMs())
  const form = useForm({ rows: () => rows, today, check: problemOf })
  return {
    ...form,
    /** Undefined: something is wrong, and the form says what. */
    identity(): { readonly name: string; readonly idNumber: string } | undefined {
      if (!form.mayBeSent()) return undefined
      const resident = parseResidentId(form.draft.value['idNumber'] ?? '', today())
      return resident.ok
        ? { name: normaliseName(form.draft.value['name'] ?? ''), idNumber: resident.value.number }
        : undefined
    },
  }
}
