import { maskName } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { channelName, problemOf, problemWords } from '../delivery/refusals.ts'
import { findSendings } from '../delivery/sendings.ts'
import { openContent } from '../notice-content.ts'
import type { EventRow, NoticeRow, NoticesTables, SendingRow } from '../tables.ts'
import type { NoticeDetail } from './console-views.ts'
import { viewListed } from './list-notices.ts'
import { sentLines } from './sent-lines.ts'
import { ADVICE, KIND_NAMES } from './words.ts'

type Step = NoticeDetail['steps'][number]

/** One notice: each channel that was asked, what it answered, what WeChat told later, and the text as it was sent. */
export async function showNotice(
  tx: Tx,
  cipher: Cipher,
  hospital: Hospital,
  id: string,
): Promise<NoticeDetail> {
  const row = await tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这条消息，请返回列表重新选择。' })
  const content = openContent(cipher, row.content)
  const sendings = inOrder(hospital, await findSendings(tx, id))
  return {
    ...viewListed(row),
    ...{ nextAtMs: row.next_action_at_ms, patient: maskName(content.patientName) },
    steps: stepsOf(row, sendings, await eventsOf(tx, sendings)),
    texts: sendings
      .filter(({ request }) => request !== null)
      .map((sending) => ({
        ...{ channel: sending.channel, channelName: channelName(sending.channel), msgId: sending.msg_id },
        lines: sentLines(cipher, hospital, row.kind, sending, content),
      })),
    advice: ADVICE[row.state],
  }
}

function inOrder({ notices }: Hospital, sendings: readonly SendingRow[]): readonly SendingRow[] {
  // Those that were sent by their time; one that was refused before sending stands where its channel does.
  const place = ({ channel }: SendingRow) => notices.order.indexOf(channel)
  return [...sendings].sort((one, other) => place(one) - place(other))
}

function stepsOf(row: NoticeRow, sendings: readonly SendingRow[], events: readonly EventRow[]): Step[] {
  let atMs = row.created_at_ms
  const sent = sendings.flatMap((sending, index): Step[] => {
    // What was refused before it was sent has no time of its own: it came right after the one before.
    atMs = Math.max(atMs, sending.first_sent_at_ms ?? atMs)
    const name = channelName(sending.channel)
    const begins = index === 0 ? `用${name}发送` : `改用下一个渠道：${name}`
    return [
      {
        name: sending.request === null ? `${begins}，没有发` : begins,
        note: timesOf(sending),
        tone: 'plain',
        atMs,
      },
      answerOf(sending, Math.max(atMs, sending.sent_at_ms ?? atMs)),
    ]
  })
  const told = events.map((event): Step => ({ ...TOLD[event.told], note: null, atMs: event.received_at_ms }))
  const last = [...sent, ...told]
  const queued: Step = {
    name: `要告诉患者：${KIND_NAMES[row.kind]}`,
    note: null,
    tone: 'plain',
    atMs: row.created_at_ms,
  }
  return [queued, ...last, ...endOf(row)]
}

const TOLD: Readonly<Record<EventRow['told'], Pick<Step, 'name' | 'tone'>>> = {
  delivered: { name: '微信告知：已送达', tone: 'ok' },
  blocked: { name: '微信告知：用户拒收', tone: 'warn' },
  failed: { name: '微信告知：发送失败', tone: 'bad' },
}

function timesOf({ sendings, request }: SendingRow): string | null {
  return request !== null && sendings > 1 ? `同一个编号发了 ${sendings} 次` : null
}

function answerOf({ state, channel, code }: SendingRow, atMs: number): Step {
  switch (state) {
    case 'yes':
      return { name: '微信已收下', note: null, tone: 'ok', atMs }
    case 'no':
      return { name: problemWords(problemOf(channel, code ?? '')), note: '明确没有发出', tone: 'warn', atMs }
    case 'asked':
    case 'unknown':
      return { name: '没有收到微信的答复', note: '可能已经发出，不换渠道', tone: 'warn', atMs }
  }
}

function endOf({ state, settled_at_ms: atMs }: NoticeRow): Step[] {
  if (atMs === null) return []
  switch (state) {
    case 'failed':
      return [{ name: '没有发出，不再试', note: '有配置要改', tone: 'bad', atMs }]
    case 'unreachable':
      return [{ name: '每个渠道都联系不到这位用户', note: null, tone: 'warn', atMs }]
    case 'unknown':
      return [{ name: '一直没有答复，不再试', note: '结果不明', tone: 'warn', atMs }]
    default:
      return []
  }
}

function eventsOf(tx: Tx, sendings: readonly SendingRow[]): Promise<EventRow[]> {
  const ids = sendings.flatMap(({ msg_id }) => msg_id ?? [])
  if (ids.length === 0) return Promise.resolve([])
  return tx.sql
    .withTables<NoticesTables>()
    .selectFrom('notice_event')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('msg_id', 'in', ids)
    .orderBy('received_at_ms')
    .limit(20)
    .execute()
}
