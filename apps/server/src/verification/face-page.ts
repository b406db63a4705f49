import { assertNever, MINUTE_MS, newId } from '@zhangyi/core'
import { HealthCardError } from '@zhangyi/health-card'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Clients } from '../platform/clients/clients.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { platformHosts } from '../platform/hospitals/platform-hosts.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FaceCheck } from './face-check-port.ts'

const LIFETIME_MS = 30 * MINUTE_MS

type FaceCheckRow = {
  hospital_id: string
  id: string
  user_id: string
  order_index: Buffer
  order_id: Buffer
  verify_type: number
  person: Buffer
  out_seq_no: string
  verify_id: Buffer
  state: 'started' | 'reporting' | 'passed' | 'failed' | 'unknown'
  verify_order_id: Buffer | null
  created_at_ms: number
  expires_at_ms: number
}
type FaceTables = { face_check: FaceCheckRow }

export interface FaceRoom extends Platform {
  readonly clients: Clients
  readonly faceCheck: FaceCheck
}

interface OrderPerson {
  readonly name: string
  readonly idCard: string
  readonly cardType: string
}

/**
 * The platform branched to our face page with an order. The server asks the platform whose face it is
 * (getOrderInfoByOrderId) and starts the check: the client never names the person.
 */
export async function startFaceCheck(
  room: FaceRoom,
  session: Session,
  {
    redirectUrl,
    ...input
  }: { readonly orderId: string; readonly verifyType: number; readonly redirectUrl: string },
): Promise<{ readonly id: string; readonly verifyId: string; readonly bridgePage: string | null }> {
  await requirePlatformAddress(room, session, redirectUrl)
  const person = await orderPerson(room, session, input)
  const id = newId('face')
  const started = await room.faceCheck.start(
    session,
    { name: person.name, idNumber: person.idCard },
    id.slice(-32),
  )
  const nowMs = room.clock.nowMs()
  const { cipher } = room
  await room.database.inTransaction(session.hospitalId, (tx) =>
    rows(tx)
      .insertInto('face_check')
      .values({
        hospital_id: session.hospitalId,
        id,
        user_id: session.userId,
        order_index: cipher.blindIndex(input.orderId, 'face-order'),
        order_id: cipher.seal(input.orderId, 'face_check.order_id'),
        verify_type: input.verifyType,
        person: cipher.seal(JSON.stringify(person), 'face_check.person'),
        out_seq_no: started.outSeqNo,
        verify_id: cipher.seal(started.verifyId, 'face_check.verify_id'),
        state: 'started',
        verify_order_id: null,
        created_at_ms: nowMs,
        expires_at_ms: nowMs + LIFETIME_MS,
      })
      .execute(),
  )
  return { id, verifyId: started.verifyId, bridgePage: started.bridgePage ?? null }
}

/** A result goes to the card platform and nowhere else. A tampered address is refused and recorded, without its query. */
async function requirePlatformAddress(room: FaceRoom, session: Session, redirectUrl: string): Promise<void> {
  const hospital = room.hospitals.find(session.hospitalId)
  const host = URL.canParse(redirectUrl) ? new URL(redirectUrl).host : 'unreadable'
  if (hospital && platformHosts(hospital).includes(host)) return
  await room.database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.tampered-redirect',
      subject: host.slice(0, 100),
    }),
  )
  throw new AppError('redirect-refused')
}

async function orderPerson(
  room: FaceRoom,
  session: Session,
  input: { orderId: string; verifyType: number },
): Promise<OrderPerson> {
  const { client, context } = clientOf(room, session)
  try {
    return await client.getOrderInfoByOrderId(input, context)
  } catch (error) {
    if (!(error instanceof HealthCardError)) throw error
    throw new AppError(error.kind === 'platform' ? 'face-check-refused' : 'card-platform-unavailable', {
      cause: error,
    })
  }
}

/**
 * The client says that the dialogue is over. The server asks the provider and, passed, tells the platform
 * (registerRealPersonAuthOrder) with a fresh wechatCode. The platform's `verifyOrderId` goes back to its page;
 * null means not passed. Asked again, the stored result answers.
 */
export async function settleFaceCheck(
  room: FaceRoom,
  session: Session,
  id: string,
  wechatCode: string,
): Promise<{ readonly verifyOrderId: string | null }> {
  const claimed = await claim(room, session, id)
  if ('verifyOrderId' in claimed) return claimed
  const { cipher } = room
  const person = JSON.parse(cipher.open(claimed.person, 'face_check.person').reveal()) as OrderPerson
  const verifyId = cipher.open(claimed.verify_id, 'face_check.verify_id').reveal()
  const outcome = await room.faceCheck.settle(
    session,
    { name: person.name, idNumber: person.idCard },
    { outSeqNo: claimed.out_seq_no, verifyId, bridgePage: undefined },
  )
  switch (outcome.kind) {
    case 'yes':
      return report(room, session, claimed, person, wechatCode)
    case 'no':
      return store(room, claimed, 'failed', null)
    case 'unknown':
      // Not an end: the page may ask again.
      await store(room, claimed, 'started', null)
      throw new AppError('face-check-refused')
    default:
      return assertNever(outcome)
  }
}

async function report(
  room: FaceRoom,
  session: Session,
  row: FaceCheckRow,
  person: OrderPerson,
  wechatCode: string,
) {
  const { client, context } = clientOf(room, session)
  const orderId = room.cipher.open(row.order_id, 'face_check.order_id').reveal()
  const outcome = await client.registerRealPersonAuthOrder(
    { orderId, wechatCode, ...person, result: '01', verifyType: row.verify_type },
    context,
  )
  switch (outcome.kind) {
    case 'yes':
      return store(room, row, 'passed', outcome.value.verifyOrderId)
    case 'no':
      return store(room, row, 'failed', null)
    case 'unknown':
      return store(room, row, 'unknown', null)
    default:
      return assertNever(outcome)
  }
}

/** Takes the check for settling, or answers with its stored end. */
async function claim(
  room: FaceRoom,
  session: Session,
  id: string,
): Promise<FaceCheckRow | { verifyOrderId: string | null }> {
  const { cipher, clock } = room
  const result = await room.database.inTransaction(session.hospitalId, async (tx) => {
    const row = await rows(tx)
      .selectFrom('face_check')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (row?.user_id !== session.userId) {
      await auditUser(tx, clock, session.userId, {
        action: 'verification.not-your-face-check',
        subject: id,
      })
      return undefined
    }
    if (row.state !== 'started' || clock.nowMs() >= row.expires_at_ms)
      return {
        verifyOrderId:
          row.verify_order_id && cipher.open(row.verify_order_id, 'face_check.verify_order_id').reveal(),
      }
    await rows(tx)
      .updateTable('face_check')
      .set({ state: 'reporting' })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', id)
      .execute()
    return row
  })
  if (!result) throw new AppError('not-found')
  return result
}

async function store(
  room: FaceRoom,
  row: FaceCheckRow,
  state: FaceCheckRow['state'],
  verifyOrderId: string | null,
): Promise<{ verifyOrderId: string | null }> {
  const hospital = room.hospitals.find(row.hospital_id)
  if (!hospital) throw new Error(`hospital ${row.hospital_id} is no longer configured`)
  await room.database.inTransaction(hospital.id, (tx) =>
    rows(tx)
      .updateTable('face_check')
      .set({
        state,
        verify_order_id:
          verifyOrderId === null ? null : room.cipher.seal(verifyOrderId, 'face_check.verify_order_id'),
      })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', row.id)
      .execute(),
  )
  return { verifyOrderId }
}

function rows(tx: Tx) {
  return tx.sql.withTables<FaceTables>()
}

function clientOf(room: FaceRoom, session: Session) {
  const hospital = room.hospitals.find(session.hospitalId)
  if (!hospital) throw new Error(`hospital ${session.hospitalId} is no longer configured`)
  return {
    client: room.clients.healthCard(hospital),
    context: {
      channelNum: session.channel === 'mini-program' ? (1 as const) : (0 as const),
      relatedUser: { appid: session.appid, openid: session.openid },
    },
  }
}
