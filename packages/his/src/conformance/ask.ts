import { type IdType, type Outcome, sameName, to15Digits } from '@zhangyi/core'
import type { Archive, ArchiveQuery, CardBinding, NewArchive } from '../port.ts'
import { type ConformanceBench, type LoseReply, must, NotOffered } from './check.ts'

interface Person {
  readonly name: string
  readonly idType?: IdType
  readonly idNumber: string
}

/** The query as the gateway sends it: the 18-digit form first, then the 15-digit one if there is one. */
export function queryOf({ name, idType = '01', idNumber }: Person): ArchiveQuery {
  const short = idType === '01' ? to15Digits(idNumber) : undefined
  return { name, idType, idNumbers: short === undefined ? [idNumber] : [idNumber, short] }
}

/** Archives that the gateway would take as this person's. */
export async function findOwn({ port }: ConformanceBench, query: ArchiveQuery): Promise<readonly Archive[]> {
  const found: unknown = await port.archives.find(query)
  must(Array.isArray(found), 'find 没有返回数组')
  const archives = found as readonly Archive[]
  must(
    archives.every(({ patid }) => typeof patid === 'string' && patid !== ''),
    'find 返回了没有 patid 的档案',
  )
  must(
    new Set(archives.map(({ patid }) => patid)).size === archives.length,
    'find 把同一份档案（同一个 patid）返回了两次',
  )
  return archives.filter(({ name }) => sameName(name, query.name))
}

export async function createNew(bench: ConformanceBench, person: NewArchive): Promise<Archive> {
  return created(await bench.port.archives.create(person, bench.newKey()))
}

/** A made-up health card for a made-up person who was just filed. */
export async function newCard(bench: ConformanceBench): Promise<CardBinding> {
  const { patid } = await createNew(bench, bench.people.adult())
  const healthCardId = `TEST${bench.newKey().replace(/\W/g, '').toUpperCase()}`
  return { patid, healthCardId, qrCodeText: `${healthCardId}:1` }
}

/** The hook that loses replies; without it the check is left out. */
export function loseReplyOf({ loseReply }: ConformanceBench): LoseReply {
  if (!loseReply) throw new NotOffered('没有给出 loseReply（让下一次答复丢失的办法），请断开网线手工试一次')
  return loseReply
}

/** The reply was lost and the change was made: whatever else the adapter says, it may not deny it. */
export function mustNotSayNo(outcome: Outcome<unknown>, wanted = 'unknown，或查询之后的 yes'): void {
  must(outcome.kind !== 'no', `答复丢失时说的是 ${wordsOf(outcome)}，应当是 ${wanted}`)
}

/**
 * Loses the reply to a status query about something that was done. "Never received" would be the worst answer: the
 * gateway believes it, and pays again or pays back.
 */
export async function mustNotDeny(
  bench: ConformanceBench,
  operation: 'deposits.status' | 'deductions.status' | 'appointments.status' | 'fees.status',
  status: () => Promise<unknown>,
): Promise<void> {
  await loseReplyOf(bench)(operation)
  const told = await status().catch((error: unknown) => error)
  must(told !== undefined, 'status 的答复丢失时说「没有收到过」，应当抛出 HisError')
}

export function created(outcome: Outcome<Archive>): Archive {
  must(outcome.kind === 'yes', `create 的答复是 ${wordsOf(outcome)}，应当是 yes`)
  const { patid } = outcome.value
  must(typeof patid === 'string' && patid !== '', 'create 的答复里没有 patid')
  return outcome.value
}

/** Creates a made-up person and looks it up again: found once, with the patid of the answer. */
export async function createAndFind(bench: ConformanceBench, person: NewArchive): Promise<void> {
  const { patid } = await createNew(bench, person)
  const own = await findOwn(bench, queryOf(person))
  must(own.length === 1, `建档之后，按同一证件和姓名查到 ${own.length} 份档案，应当是 1 份`)
  must(own[0]?.patid === patid, '查到的 patid 与建档时答复的不同')
}

export function wordsOf(outcome: Outcome<unknown>): string {
  if (outcome.kind === 'no') return `no('${outcome.code}', …)`
  return outcome.kind === 'unknown' ? `unknown('${outcome.cause}')` : String(outcome.kind)
}
