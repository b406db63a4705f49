import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { checkPerson } from './check-person.ts'
import { sealPerson } from './flow.ts'
import type { FlowView } from './flow-view.ts'
import type { PersonInput } from './inputs.ts'
import type { EnrolmentRoom } from './room.ts'
import { settleArchive } from './settle-archive.ts'
import { changeFlow, requireState, withOwnFlow } from './with-own-flow.ts'

/**
 * 验证失败引导绑定就诊卡: an archive and a visit card without the platform, from what the person typed. The patient is
 * marked unverified: booking and paying work, reports and refunds wait for a verification.
 */
export async function createVisitCard(
  room: EnrolmentRoom,
  session: Session,
  flowId: string,
  input: PersonInput,
): Promise<FlowView> {
  const person = checkPerson(input, hospitalOf(room, session).enrolment, room.clock.nowMs())
  await withOwnFlow(room, session, flowId, async (tx, flow) => {
    if (flow.state === 'done') return
    requireState(flow, 'ways-on', 'on-platform', 'form')
    const sealed = sealPerson(room.cipher, {
      ...person,
      source: 'visit-card',
      isSelf: person.relation === '本人',
      verified: false,
      card: undefined,
    })
    await changeFlow(
      tx,
      flow,
      {
        state: 'archiving',
        reason: null,
        person: sealed,
        relation: person.relation,
        archives: null,
        platform_url: null,
      },
      room.clock.nowMs(),
    )
  })
  return settleArchive(room, session, flowId)
}
