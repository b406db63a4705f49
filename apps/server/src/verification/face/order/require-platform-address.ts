import { auditUser } from '../../../platform/audit/audit-user.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { platformHosts } from '../../../platform/hospitals/platform-hosts.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import { hospitalOf, type VerificationRoom } from '../../room.ts'

/** A result goes to the card platform and nowhere else. A tampered address is refused and recorded, without its query. */
export async function requirePlatformAddress(
  room: VerificationRoom,
  session: Session,
  redirectUrl: string,
): Promise<void> {
  const host = URL.canParse(redirectUrl) ? new URL(redirectUrl).host : 'unreadable'
  if (platformHosts(hospitalOf(room, session)).includes(host)) return
  await room.database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.tampered-redirect',
      subject: host.slice(0, 100),
    }),
  )
  throw new AppError('redirect-refused')
}
