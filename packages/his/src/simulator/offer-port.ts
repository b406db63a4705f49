import type { HisPort } from '../port.ts'
import { offerAppointments } from './appointments/offer-appointments.ts'
import { offerBalances } from './balances/offer-balances.ts'
import { offerBills } from './bills/offer-bills.ts'
import { bindCard } from './bind-card.ts'
import { offerDeductions } from './deductions/offer-deductions.ts'
import { offerDeposits } from './deposits/offer-deposits.ts'
import { offerFees } from './fees/offer-fees.ts'
import { fileArchive } from './file-archive.ts'
import { findArchives } from './find-archives.ts'
import type { Desk } from './open-desk.ts'
import { offerReports } from './reports/offer-reports.ts'
import { offerSchedules } from './schedules/offer-schedules.ts'
import { updateArchive } from './update-archive.ts'

export interface PortRules {
  readonly guardianUnderAge: number
  readonly refunds: 'two-phase' | 'single-step' | 'single-step-without-reversal'
  readonly slotLockMs: number
  readonly billPageSize: number
  readonly updatesArchives: boolean
}

/** The port of the hospital at this desk, all groups. */
export function offerPort(desk: Desk, rules: PortRules): HisPort {
  const { state, clock, read, change } = desk
  const { guardianUnderAge, refunds, slotLockMs, billPageSize, updatesArchives } = rules
  return {
    probe: () => read('probe', () => undefined),
    archives: {
      find: (person) => read('archives.find', () => findArchives(state, person)),
      create: (wanted, requestKey) =>
        change('archives.create', requestKey, wanted, () =>
          fileArchive(state, wanted, { nowMs: clock.nowMs(), guardianUnderAge }),
        ),
      ...(updatesArchives && {
        update: (changed, requestKey) =>
          change('archives.update', requestKey, changed, () => updateArchive(state, changed)),
      }),
    },
    cards: {
      bind: (card, requestKey) => change('cards.bind', requestKey, card, () => bindCard(state, card)),
    },
    ...(refunds === 'two-phase'
      ? { deposits: offerDeposits(desk) }
      : { deductions: offerDeductions(desk, refunds === 'single-step') }),
    balances: offerBalances(desk),
    bills: offerBills(desk, billPageSize),
    schedules: offerSchedules(desk),
    appointments: offerAppointments(desk, slotLockMs),
    fees: offerFees(desk),
    reports: offerReports(desk),
  }
}
