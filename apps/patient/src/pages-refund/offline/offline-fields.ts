import {
  checkName,
  isMobileNumber,
  isNonResidentPrefix,
  parseOtherDocument,
  parseResidentId,
} from '@zhangyi/core'
import type { NewApplication, OfflineReason } from '../../api/offline-types.ts'
import type { Draft } from '../../flow/draft.ts'
import type { FieldRow } from '../../person-form/field-row.ts'
import { offlineTexts as texts } from '../../texts/offline.ts'
import { fieldHints, fieldLabels, fieldPlaceholders, personProblems, relations } from '../../texts/person.ts'

// Whoever applies for somebody who died, for a child or by proxy is somebody else.
const FOR_OTHERS: readonly OfflineReason[] = ['proxy', 'deceased', 'minor']
const isForSelf = (draft: Draft) => draft['applicant.relation'] === texts.self

// An elder's or a foreigner's number may be no mobile number of the mainland.
const OTHER_PHONE = /^\+?\d[\d -]{5,18}\d$/
const CARD_NUMBER = /^[A-Z0-9-]{1,40}$/

/** The questions about the applicant, and about the patient where that is somebody else. The gateway's names. */
export function offlineRows(draft: Draft, reason: OfflineReason | undefined): readonly FieldRow[] {
  const known = relations.filter(
    (one) => one !== texts.self || reason === undefined || !FOR_OTHERS.includes(reason),
  )
  const person = { required: true, maxlength: 60 } as const
  const id = { kind: 'id-number', placeholder: fieldPlaceholders.idNumber, maxlength: 40 } as const
  return [
    {
      name: 'applicant.relation',
      label: texts.relation,
      kind: 'choice',
      required: true,
      choices: same(known),
    },
    {
      ...{ name: 'applicant.name', label: fieldLabels.name, kind: 'name', hint: fieldHints.name },
      ...{ ...person, placeholder: fieldPlaceholders.name },
    },
    { name: 'applicant.idNumber', label: fieldLabels.idNumber, ...id, required: true },
    { name: 'applicant.phone', label: fieldLabels.phone, kind: 'phone', required: true, maxlength: 20 },
    ...(isForSelf(draft)
      ? []
      : ([
          { name: 'patient.name', label: texts.patientName, kind: 'name', ...person },
          { name: 'patient.idNumber', label: texts.patientId, ...id, hint: texts.patientIdHint },
        ] as const)),
    { name: 'patient.cardNumber', label: texts.card, kind: 'text', hint: texts.cardHint, maxlength: 40 },
    { name: 'note', label: texts.note, kind: 'text', hint: texts.noteHint, maxlength: 500 },
  ]
}

const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
const cardOf = (draft: Draft) =>
  (draft['patient.cardNumber'] ?? '').replace(/\s/g, '').normalize('NFKC').toUpperCase()

/** What is wrong with one field, for an answer at once. The gateway checks everything again. */
export function offlineProblem(name: string, draft: Draft, today: string): string | undefined {
  const value = draft[name] ?? ''
  switch (name) {
    case 'applicant.name':
    case 'patient.name': {
      const wrong = checkName(value)
      return wrong && personProblems.name[wrong]
    }
    case 'applicant.idNumber':
      return idProblem(value, today)
    case 'patient.idNumber':
      if (value.trim() !== '') return idProblem(value, today)
      return cardOf(draft) === '' ? texts.patientNeeded : undefined
    case 'patient.cardNumber':
      return cardOf(draft) === '' || CARD_NUMBER.test(cardOf(draft)) ? undefined : texts.cardWrong
    case 'applicant.phone':
      if (value.trim() === '') return personProblems.phone.empty
      return isMobileNumber(value) || OTHER_PHONE.test(value.trim()) ? undefined : texts.phoneWrong
    case 'applicant.relation':
      return value === '' ? personProblems.relation : undefined
    default:
      return undefined
  }
}

/** A resident ID to the check digit; any other document by its characters. */
function idProblem(text: string, today: string): string | undefined {
  const plain = text.replace(/\s/g, '').normalize('NFKC').toUpperCase()
  const isResident = /^(\d{17}[\dX]|\d{15})$/.test(plain) && !isNonResidentPrefix(plain)
  const result = isResident ? parseResidentId(plain, today) : parseOtherDocument('99', plain)
  return result.ok ? undefined : personProblems.idNumber[result.problem]
}

export function offlineInput(draft: Draft, reason: OfflineReason): Omit<NewApplication, 'requestKey'> {
  const typed = (name: string) => (draft[name] ?? '').trim()
  const self = isForSelf(draft)
  return {
    reason,
    applicant: {
      name: typed('applicant.name'),
      idNumber: typed('applicant.idNumber'),
      phone: typed('applicant.phone'),
      relation: typed('applicant.relation'),
    },
    patient: {
      name: typed(self ? 'applicant.name' : 'patient.name'),
      idNumber: typed(self ? 'applicant.idNumber' : 'patient.idNumber') || null,
      cardNumber: cardOf(draft) || null,
    },
    note: typed('note'),
  }
}
