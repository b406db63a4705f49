import { ManualClock } from '@zhangyi/core'
import { type ConformanceFixtures, createSimulatedHospital, KNOWN } from '@zhangyi/his'
import type { CheckSubject } from './check-subject.ts'

const FIXTURES: ConformanceFixtures = {
  oneArchive: KNOWN.liMinghua,
  severalArchives: KNOWN.sunGuizhen,
  filedUnder15: KNOWN.zhaoDefu,
  depositor: KNOWN.liMinghua,
  feePayer: KNOWN.liMinghua,
  reportReader: KNOWN.liMinghua,
}

/** The built-in hospital with everything that the kit can use: all fixtures, lost replies, a clock that moves. */
export function simulatedSubject(): CheckSubject {
  const clock = new ManualClock(Date.now())
  const { port, faults } = createSimulatedHospital({ clock })
  return {
    port,
    fixtures: FIXTURES,
    options: {
      clock,
      passTime: (ms) => clock.advance(ms),
      loseReply: (operation) => faults.order({ kind: 'reply-lost', operation, times: 1 }),
    },
  }
}
