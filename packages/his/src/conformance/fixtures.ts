import { checkName, parseResidentId } from '@zhangyi/core'

/** Someone whom the HIS under test knows, with a resident ID card. */
export interface KnownPerson {
  readonly name: string
  /** The 18-digit form, whatever the HIS filed. */
  readonly idNumber: string
}

export interface ConformanceFixtures {
  /** Has exactly one archive, filed under the 18-digit number. */
  readonly oneArchive: KnownPerson
  /** Has two archives or more. */
  readonly severalArchives: KnownPerson
  /** Has an archive filed under the old 15-digit number; the check is left out when absent. */
  readonly filedUnder15?: KnownPerson
  /** Has a deposit of one yuan or more that may be paid back; the kit takes some fen of it for good. */
  readonly depositor?: KnownPerson
  /** Has two bills or more that wait to be paid; the kit pays them. */
  readonly feePayer?: KnownPerson
  /** Has reports of the last two years. */
  readonly reportReader?: KnownPerson
}

/** The entries that may be left out; their checks are left out with them. */
export const OPTIONAL_FIXTURES = ['filedUnder15', 'depositor', 'feePayer', 'reportReader'] as const
export type OptionalFixture = (typeof OPTIONAL_FIXTURES)[number]

/** Reads fixtures from a file's content; throws with a sentence for the adapter's author, without personal data. */
export function parseFixtures(content: unknown, todayIso: string): ConformanceFixtures {
  if (!isObject(content)) throw new Error('样本文件应当是一个 JSON 对象')
  const { oneArchive, severalArchives } = content
  const person = (field: string, value: unknown) => parsePerson(field, value, todayIso)
  return {
    oneArchive: person('oneArchive', oneArchive),
    severalArchives: person('severalArchives', severalArchives),
    ...Object.fromEntries(
      OPTIONAL_FIXTURES.filter((field) => content[field] !== undefined).map((field) => [
        field,
        person(field, content[field]),
      ]),
    ),
  }
}

function parsePerson(field: string, value: unknown, todayIso: string): KnownPerson {
  if (!isObject(value)) throw new Error(`样本文件缺少 ${field}：{ "name": "…", "idNumber": "…" }`)
  const { name, idNumber } = value
  if (typeof name !== 'string' || checkName(name)) throw new Error(`${field}.name 不是一个姓名`)
  const id = parseResidentId(typeof idNumber === 'string' ? idNumber : '', todayIso)
  if (!id.ok) throw new Error(`${field}.idNumber 不是有效的居民身份证号（${id.problem}）`)
  return { name, idNumber: id.value.number }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
