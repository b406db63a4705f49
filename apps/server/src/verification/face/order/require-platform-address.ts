import { auditUser } from '../../../platform/audit/audit-user.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import { platformHosts } from '../../../platform/hospitals/platform-hosts.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import type { VerificationRoom } from '../../room.ts'

/** A result goes to the card platform and nowhere else. A tampered address is refused and recorded, without its query. */
export async function requirePlatformAddress(
  room: VerificationRoom,
  session: Session,
  redirectUrl: string,
): Promise<void> {
  const hospital = hospitalOf(room, session)
  const address = URL.canParse(redirectUrl) ? new URL(redirectUrl) : undefined
  const host = address?.host ?? 'unreadable'
  // `javascript:` and the like have a host, too, and would run in our page.
  const isPage = ['https:', new URL(hospital.healthCard.h5Origin).protocol].includes(address?.protocol ?? '')
  if (isPage && platformHosts(hospital).includes(host)) return
  await room.database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, room.clock, session.userId, {
      action: 'verification.tampered-redirect',
      subject: host.slice(0, 100),
    }),
  )
  throw new AppError('redirect-refused')
}
