import { ageAt, isRealDate, parseResidentId, shanghaiDay } from '@zhangyi/core'
import type {
  CompleteInput,
  GuardianInput,
  GuardianRelation,
  IdType,
  PersonInput,
  Relation,
} from '../api/types.ts'
import type { Draft } from '../flow/draft.ts'
import { guardianRelations, relations } from '../texts/person.ts'
import { isIdType } from './check-field.ts'

/** The birthday that the form knows: the resident ID's own, or the one that was chosen. */
function birthdayOf(draft: Draft, nowMs: number): string | undefined {
  if (draft['idType'] !== '01') {
    const chosen = draft['birthday'] ?? ''
    return isRealDate(chosen) ? chosen : undefined
  }
  const resident = parseResidentId(draft['idNumber'] ?? '', shanghaiDay(nowMs))
  return resident.ok ? resident.value.birthday : undefined
}

export function needsGuardian(draft: Draft, underAge: number, nowMs: number): boolean {
  const birthday = birthdayOf(draft, nowMs)
  return birthday !== undefined && ageAt(birthday, nowMs) < underAge
}

// The checks before sending have made sure of these; the fall-backs only satisfy the type.
const idTypeIn = (text: string | undefined): IdType => (text !== undefined && isIdType(text) ? text : '01')
const relationIn = (text: string | undefined): Relation => relations.find((one) => one === text) ?? '其他'
const guardianRelationIn = (text: string | undefined): GuardianRelation =>
  guardianRelations.find((one) => one === text) ?? '其他监护人'

function guardianInput(draft: Draft): GuardianInput {
  return {
    name: draft['guardian.name'] ?? '',
    idType: idTypeIn(draft['guardian.idType']),
    idNumber: draft['guardian.idNumber'] ?? '',
    phone: draft['guardian.phone'] ?? '',
    relation: guardianRelationIn(draft['guardian.relation']),
  }
}

/** Only what was filled in; what a resident ID says itself is not sent beside it. */
export function personInput(draft: Draft, withGuardian: boolean): PersonInput {
  const idType = idTypeIn(draft['idType'])
  const optional =
    idType === '01' ? (['nation', 'address'] as const) : (['gender', 'birthday', 'address'] as const)
  return {
    name: draft['name'] ?? '',
    idType,
    idNumber: draft['idNumber'] ?? '',
    phone: draft['phone'] ?? '',
    relation: relationIn(draft['relation']),
    ...filled(draft, optional),
    ...(withGuardian ? { guardian: guardianInput(draft) } : {}),
  }
}

export function completeInput(draft: Draft, withGuardian: boolean): CompleteInput {
  return {
    ...filled(draft, ['gender', 'birthday', 'nation', 'phone', 'address']),
    ...(draft['relation'] ? { relation: relationIn(draft['relation']) } : {}),
    ...(withGuardian ? { guardian: guardianInput(draft) } : {}),
  }
}

function filled<K extends string>(draft: Draft, names: readonly K[]): { [N in K]?: string } {
  const pairs = names.flatMap((name) => (draft[name] ? [[name, draft[name]] as const] : []))
  return Object.fromEntries(pairs) as { [N in K]?: string }
}
