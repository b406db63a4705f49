import { hash } from 'node:crypto'
import { formatShanghai, shanghaiDay } from '@zhangyi/core'
import { type ArchiveCard, archiveCards } from '../../patients/index.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { type ClaimOutcome, claimKeys, type KeyClaim } from '../claim-key.ts'
import { departmentCodes } from '../departments/department-codes.ts'
import { sealContent } from '../event-content.ts'
import { firstDueAtMs } from '../schedule.ts'
import { type NewEvent, storeEvents } from '../store-events.ts'
import { contentText, type EventProblem, type ToldEvent } from './told-event.ts'

/** An event and the system that told it. */
export interface Told {
  readonly systemId: string
  readonly event: ToldEvent
}

export type Taken =
  | { readonly result: 'accepted' | 'duplicate' | 'parked' | 'no-card' }
  | ({ readonly result: 'refused' } & EventProblem)

const KEY_REUSED: Taken = {
  result: 'refused',
  field: 'key',
  message: '这个 key 已经用于另一个事件，请换一个新的',
}

/**
 * Stores told events of one hospital, each key once, whatever else is told at the same time; in order of the events,
 * what became of each. A few statements, however many events.
 */
export async function takeEvents(
  tx: Tx,
  cipher: Cipher,
  hospital: Hospital,
  told: readonly Told[],
  nowMs: number,
): Promise<readonly Taken[]> {
  const claims = told.map((one) => claimOf(cipher, one))
  const firsts = firstOfEachKey(claims)
  const once = firsts.size === claims.length ? claims : [...firsts.values()].map(({ claim }) => claim)
  const claimed = await claimKeys(tx, once, shanghaiDay(nowMs))
  const outcomes = once === claims ? claimed : spread(claims, firsts, claimed)
  const fresh = told.filter((_, index) => outcomes[index] === 'new')
  const events = await makeEvents(tx, cipher, hospital, fresh, nowMs)
  if (events.length > 0) await storeEvents(tx, events, nowMs)
  let next = 0
  return outcomes.map((outcome): Taken => {
    if (outcome === 'replayed') return { result: 'duplicate' }
    if (outcome === 'reused') return KEY_REUSED
    const state = events[next++]?.state
    return { result: state === 'parked' || state === 'no-card' ? state : 'accepted' }
  })
}

function claimOf(cipher: Cipher, { systemId, event }: Told): KeyClaim {
  return {
    key: `${systemId}\0${event.key}`,
    contentHash: hash('sha256', pepperOf(cipher) + contentText(event)),
  }
}

const peppers = new WeakMap<Cipher, string>()

/** Without it, who reads the table could find out by trying which patient an event was about. */
function pepperOf(cipher: Cipher): string {
  const known = peppers.get(cipher)
  if (known !== undefined) return known
  const pepper = cipher.blindIndex('content', 'usage_key.content_hash').toString('hex')
  peppers.set(cipher, pepper)
  return pepper
}

interface First {
  readonly claim: KeyClaim
  readonly at: number
}

function firstOfEachKey(claims: readonly KeyClaim[]): ReadonlyMap<string, First> {
  const firsts = new Map<string, First>()
  for (const claim of claims) if (!firsts.has(claim.key)) firsts.set(claim.key, { claim, at: firsts.size })
  return firsts
}

/** The same key twice in one list: the first one counts, the others are compared with it. */
function spread(
  claims: readonly KeyClaim[],
  firsts: ReadonlyMap<string, First>,
  claimed: readonly ClaimOutcome[],
): readonly ClaimOutcome[] {
  return claims.map((claim) => {
    const first = firsts.get(claim.key)
    const outcome = claimed[first?.at ?? -1]
    if (!first || outcome === undefined) throw new Error('every key was claimed')
    if (first.claim === claim) return outcome
    if (outcome !== 'new')
      return outcome === 'replayed' && sameContent(first.claim, claim) ? outcome : 'reused'
    return sameContent(first.claim, claim) ? 'replayed' : 'reused'
  })
}

function sameContent(left: KeyClaim, right: KeyClaim): boolean {
  return left.contentHash === right.contentHash
}

async function makeEvents(
  tx: Tx,
  cipher: Cipher,
  hospital: Hospital,
  told: readonly Told[],
  nowMs: number,
): Promise<readonly NewEvent[]> {
  const patids = new Set<string>()
  const departments = new Map<string, string>()
  for (const { event } of told) {
    if (event.patid !== undefined) patids.add(event.patid)
    const wanted = departmentToMap(hospital, event)
    if (wanted) departments.set(wanted.id, wanted.name)
  }
  const found = {
    cards: await archiveCards(tx, cipher, [...patids]),
    codes: await departmentCodes(tx, hospital, departments, nowMs),
  }
  return told.map((one) => makeEvent(cipher, hospital, one, found, nowMs))
}

/** The HIS's department whose code is needed; a code that was told needs none. */
function departmentToMap({ usage }: Hospital, { scene, department, hisDepartment }: ToldEvent) {
  return department === undefined && usage.departmentScenes.includes(scene) ? hisDepartment : undefined
}

interface Found {
  readonly cards: ReadonlyMap<string, ArchiveCard>
  readonly codes: ReadonlyMap<string, string | null>
}

function makeEvent(
  cipher: Cipher,
  hospital: Hospital,
  { systemId, event }: Told,
  { cards, codes }: Found,
  nowMs: number,
): NewEvent {
  const card = event.patid === undefined ? undefined : cards.get(event.patid)
  const qrCodeText = event.qrCodeText ?? card?.qrCodeText.reveal()
  const department = departmentOf(hospital, event, codes)
  const state = qrCodeText === undefined ? 'no-card' : department === null ? 'parked' : 'pending'
  return {
    source: systemId,
    scene: event.scene,
    occurredAtMs: event.occurredAtMs,
    userId: null,
    patientId: card?.patientId ?? null,
    departmentId: event.hisDepartment?.id ?? null,
    departmentName: event.hisDepartment?.name ?? null,
    content:
      qrCodeText === undefined
        ? null
        : sealTold(cipher, hospital, event, qrCodeText, department ?? undefined),
    state,
    reason: state === 'parked' ? 'department-unmapped' : null,
    dueAtMs: state === 'pending' ? firstDueAtMs(hospital.usage, event.occurredAtMs, nowMs) : null,
  }
}

/** Null: needed, and nobody has mapped it yet. */
function departmentOf(
  hospital: Hospital,
  event: ToldEvent,
  codes: Found['codes'],
): string | null | undefined {
  const { usage } = hospital
  if (event.department !== undefined) return event.department
  if (!usage.departmentScenes.includes(event.scene)) return undefined
  const wanted = departmentToMap(hospital, event)
  return wanted ? (codes.get(wanted.id) ?? null) : usage.otherDepartment
}

function sealTold(
  cipher: Cipher,
  { usage, healthCard }: Hospital,
  event: ToldEvent,
  qrCodeText: string,
  department: string | undefined,
): Buffer {
  const { scene, cardChannel, subHospitalCode, relatedUser } = event
  const cardCostTypes = event.cardCostTypes ?? (usage.costScenes.includes(scene) ? usage.costType : undefined)
  return sealContent(cipher, {
    report: {
      qrCodeText,
      time: formatShanghai(event.occurredAtMs),
      hospitalCode: healthCard.hospitalId,
      scene,
      cardType: usage.cardType,
      cardChannel,
      ...(subHospitalCode !== undefined && { subHospitalCode }),
      ...(department !== undefined && { department }),
      ...(cardCostTypes !== undefined && { cardCostTypes }),
    },
    context: { channelNum: cardChannel === MINI_PROGRAM ? 1 : 0, ...(relatedUser && { relatedUser }) },
  })
}

const MINI_PROGRAM = '0402'
