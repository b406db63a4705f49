import type { HospitalId } from '@zhangyi/core'
import type { DueWork } from '../../jobs/due-work.ts'
import { INSTALLATION } from '../../operators/accounts/account.ts'
import { linkEntries } from './link-entries.ts'
import { type Keeping, removeOld } from './remove-old.ts'

interface Audited {
  readonly hospitals: { readonly all: readonly { readonly id: HospitalId }[] }
}

/** Whose audit there is: each hospital's, and that of the accounts. */
export function audited(hospitals: Audited['hospitals']): readonly HospitalId[] {
  return [INSTALLATION, ...hospitals.all.map(({ id }) => id)]
}

/** Links what was written since, a minute at most, and removes what was kept long enough. */
export function auditWork(room: Keeping & Audited): DueWork {
  return {
    name: 'audit.chain',
    everyMinutes: 1,
    runDue: async (clock, limit) => {
      let done = 0
      const all = audited(room.hospitals)
      for (const hospital of all)
        if (done < limit) done += await linkEntries(room.database, hospital, limit - done)
      for (const hospital of all)
        while (done < limit && (await removeOld({ ...room, clock }, hospital)) > 0) done += 1
      return done
    },
  }
}
