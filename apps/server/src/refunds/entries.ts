import { subscribeTemplateIdsOf } from '../notices/index.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { closedBecause } from './limits/require-open.ts'
import type { MiniProgramLinks } from './mini-program-links.ts'
import type { Entries } from './refund-views.ts'
import type { RefundsRoom } from './room.ts'

/** 门诊退款方式: the two ways that the patient chooses between, with name, introduction and notes. */
export async function showEntries(
  room: RefundsRoom,
  session: Session,
  links: MiniProgramLinks,
): Promise<Entries> {
  const hospital = hospitalOf(room, session)
  const { refunds, phone, counter } = hospital
  const ways: Entries['ways'] = []
  for (const way of ['original', 'face'] as const) {
    const { name, introduction, notes } = refunds[way]
    const closed = (await closedBecause(room, session.hospitalId, way)) ?? null
    ways.push({ way, name, introduction, notes: [...notes], closed })
  }
  return {
    ...{ ways, partial: refunds.face.partial, phone, mergePhone: refunds.mergePhone ?? phone, counter },
    subscribeTemplateIds: [...subscribeTemplateIdsOf(hospital)],
    miniProgramUrl: ways.some(({ way, closed }) => way === 'face' && closed === null)
      ? await links(session)
      : null,
  }
}
