import { checkName, isMobileNumber, parseOtherDocument, parseResidentId } from '@zhangyi/core'
import type { IdType } from '../api/types.ts'
import type { Draft } from '../flow/draft.ts'
import { idTypeLabels, personProblems as texts } from '../texts/person.ts'

export function isIdType(text: string): text is IdType {
  return Object.keys(idTypeLabels).includes(text)
}

/**
 * What is wrong with one field, for an answer at once. The gateway checks everything again and knows more:
 * what its hospital requires is not said here.
 */
export function fieldProblem(name: string, draft: Draft, today: string): string | undefined {
  const value = draft[name] ?? ''
  switch (name) {
    case 'name':
    case 'guardian.name': {
      const problem = checkName(value)
      return problem && texts.name[problem]
    }
    case 'idNumber':
      return idNumberProblem(draft['idType'] ?? '', value, today)
    case 'guardian.idNumber':
      return idNumberProblem(draft['guardian.idType'] ?? '', value, today)
    case 'phone':
    case 'guardian.phone':
      if (value.trim() === '') return texts.phone.empty
      return isMobileNumber(value) ? undefined : texts.phone.wrong
    case 'gender':
      return value === '' ? texts.gender : undefined
    case 'birthday':
      if (value === '') return texts.birthday.empty
      return value > today ? texts.birthday.future : undefined
    case 'relation':
      return value === '' ? texts.relation : undefined
    case 'guardian.relation':
      return value === '' ? texts.guardianRelation : undefined
    default:
      return undefined
  }
}

/** For a field that the gateway has called missing: then an empty one is wrong, too. */
export function neededFieldProblem(name: string, draft: Draft, today: string): string | undefined {
  if ((name === 'nation' || name === 'address') && (draft[name] ?? '').trim() === '') return texts[name]
  return fieldProblem(name, draft, today)
}

function idNumberProblem(idType: string, value: string, today: string): string | undefined {
  const result =
    idType === '01' || !isIdType(idType) ? parseResidentId(value, today) : parseOtherDocument(idType, value)
  return result.ok ? undefined : texts.idNumber[result.problem]
}
