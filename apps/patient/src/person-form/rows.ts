import { parseResidentId } from '@zhangyi/core'
import type { ArchiveField } from '../api/types.ts'
import type { Choice } from '../components/field-kinds.ts'
import type { Draft } from '../flow/draft.ts'
import {
  fieldHints,
  fieldLabels,
  fieldPlaceholders,
  genders,
  guardianRelations,
  idTypeLabels,
  idTypeOrder,
  nations,
  relations,
} from '../texts/person.ts'
import type { FieldRow } from './field-row.ts'

const same = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }))
const idTypes: readonly Choice[] = idTypeOrder.map((value) => ({ value, label: idTypeLabels[value] }))
const nationChoices = same(nations)
const relationChoices = same(relations)
const genderChoices = same(genders)
const guardianRelationChoices = same(guardianRelations)

function idNumberHint(draft: Draft, prefix: '' | 'guardian.', today: string): string {
  if ((draft[`${prefix}idType`] ?? '') !== '01') return ''
  const resident = parseResidentId(draft[`${prefix}idNumber`] ?? '', today)
  return resident.ok ? fieldHints.derived(resident.value.gender, resident.value.birthday) : ''
}

const rowOf = {
  name: (): FieldRow => ({
    name: 'name',
    label: fieldLabels.name,
    kind: 'name',
    placeholder: fieldPlaceholders.name,
    hint: fieldHints.name,
    maxlength: 60,
    required: true,
  }),
  idType: (): FieldRow => ({
    name: 'idType',
    label: fieldLabels.idType,
    kind: 'choice',
    choices: idTypes,
    required: true,
  }),
  idNumber: (draft: Draft, today: string): FieldRow => ({
    name: 'idNumber',
    label: fieldLabels.idNumber,
    kind: 'id-number',
    placeholder: fieldPlaceholders.idNumber,
    hint: idNumberHint(draft, '', today),
    maxlength: 40,
    required: true,
  }),
  gender: (): FieldRow => ({
    name: 'gender',
    label: fieldLabels.gender,
    kind: 'choice',
    choices: genderChoices,
    required: true,
  }),
  birthday: (today: string): FieldRow => ({
    name: 'birthday',
    label: fieldLabels.birthday,
    kind: 'date',
    placeholder: fieldPlaceholders.birthday,
    max: today,
    required: true,
  }),
  nation: (): FieldRow => ({
    name: 'nation',
    label: fieldLabels.nation,
    kind: 'choice',
    choices: nationChoices,
  }),
  phone: (): FieldRow => ({
    name: 'phone',
    label: fieldLabels.phone,
    kind: 'phone',
    placeholder: fieldPlaceholders.phone,
    maxlength: 20,
    required: true,
  }),
  address: (): FieldRow => ({
    name: 'address',
    label: fieldLabels.address,
    kind: 'text',
    placeholder: fieldPlaceholders.address,
    maxlength: 200,
  }),
  relation: (): FieldRow => ({
    name: 'relation',
    label: fieldLabels.relation,
    kind: 'choice',
    choices: relationChoices,
    hint: fieldHints.relation,
    required: true,
  }),
}

/** The questions of a form about a whole person. A resident ID tells birthday and gender itself. */
export function personRows(draft: Draft, today: string): FieldRow[] {
  const resident = draft['idType'] === '01'
  return [
    rowOf.name(),
    rowOf.idType(),
    rowOf.idNumber(draft, today),
    ...(resident ? [rowOf.nation()] : [rowOf.gender(), rowOf.birthday(today)]),
    rowOf.phone(),
    rowOf.address(),
    rowOf.relation(),
  ]
}

export function guardianRows(draft: Draft, today: string): FieldRow[] {
  const row = (name: keyof typeof fieldLabels, rest: Omit<FieldRow, 'name' | 'label'>): FieldRow => ({
    name,
    label: fieldLabels[name],
    required: true,
    ...rest,
  })
  return [
    row('guardian.relation', { kind: 'choice', choices: guardianRelationChoices }),
    row('guardian.name', { kind: 'name', placeholder: fieldPlaceholders.name, maxlength: 60 }),
    row('guardian.idType', { kind: 'choice', choices: idTypes }),
    row('guardian.idNumber', {
      kind: 'id-number',
      placeholder: fieldPlaceholders.idNumber,
      hint: idNumberHint(draft, 'guardian.', today),
      maxlength: 40,
    }),
    row('guardian.phone', { kind: 'phone', placeholder: fieldPlaceholders.phone, maxlength: 20 }),
  ]
}

/** The questions that are still open for an archive; the guardian has a block of rows of its own. */
export function missingRows(missing: readonly ArchiveField[], today: string): FieldRow[] {
  return missing.flatMap((field) => {
    if (field === 'guardian') return []
    const row = field === 'birthday' ? rowOf.birthday(today) : rowOf[field]()
    return [{ ...row, need: true }]
  })
}
