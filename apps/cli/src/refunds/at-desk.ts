import { type HospitalId, hospitalId, systemClock } from '@zhangyi/core'
import {
  Cipher,
  type Hospitals,
  type LedgerDesk,
  loadDataKey,
  loadHospitals,
  loadSettings,
} from '@zhangyi/server'
import { StartProblem } from '../start/start-problem.ts'
import { withDatabase } from '../start/with-database.ts'

export interface Wanted {
  readonly hospital?: string
}

export interface Desk extends LedgerDesk {
  readonly hospitalId: HospitalId
  /** Undefined without a hospitals file: then it is the example hospital of `npm start`. */
  readonly hospitals: Hospitals | undefined
}

/** The hospital that is asked for, with the database of the settings. */
export function atDesk<T>({ hospital: wanted }: Wanted, use: (desk: Desk) => Promise<T>): Promise<T> {
  const settings = loadSettings(process.env)
  const hospitals = settings.hospitalsFile === undefined ? undefined : loadHospitals(settings.hospitalsFile)
  const known = hospitals?.all.map(({ id }) => id) ?? [hospitalId('demo')]
  const id = wanted === undefined ? known[0] : known.find((one) => one === wanted)
  if (id === undefined) throw new StartProblem(`医院配置里没有 ${wanted}。`)
  return withDatabase(settings, (database) =>
    use({
      clock: systemClock,
      cipher: new Cipher(loadDataKey(settings)),
      database,
      hospitals,
      hospitalId: id,
    }),
  ).catch((error) => {
    throw told(error)
  })
}

/** What a person can mend is told line by line, without a stack. */
function told(error: unknown): unknown {
  const { fields, zh } = error as { readonly fields?: readonly Problem[]; readonly zh?: string }
  if (fields && fields.length > 0)
    return new StartProblem(fields.map(({ field, message }) => `${field}：${message}`).join('\n'))
  return zh === undefined ? error : new StartProblem(zh)
}
interface Problem {
  readonly field: string
  readonly message: string
}
