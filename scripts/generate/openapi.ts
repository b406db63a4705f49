import { systemClock } from '@zhangyi/core'
import {
  buildApp,
  Checks,
  Cipher,
  Database,
  type HospitalInput,
  loadSettings,
  parseHospitals,
} from '@zhangyi/server'
import { EXAMPLE_HOSPITALS } from './example-hospitals.ts'

/**
 * `docs/reference/openapi.json`: the interface as the routes themselves describe it. The app is built but never
 * listens; the database's pool connects only on the first query, and there is none.
 */
export async function openapiReference(): Promise<string> {
  const unused = () => Promise.reject(new Error('the reference is made without outside calls'))
  const { http } = await buildApp(
    {
      settings: loadSettings({}),
      clock: systemClock,
      database: new Database({ url: 'postgres://nobody@127.0.0.1:1/none' }),
      hospitals: parseHospitals({ hospitals: EXAMPLE_HOSPITALS.hospitals.map(withoutSecrets) }, 'example'),
      cipher: new Cipher('0'.repeat(64)),
      checks: new Checks(),
      publicOrigin: 'http://127.0.0.1:8080',
      fetch: unused,
      jobs: { wake: unused },
    },
    { logLevel: 'fatal' },
  )
  try {
    await http.ready()
    return `${JSON.stringify(sorted(http.swagger()), null, 2)}\n`
  } finally {
    await http.close()
  }
}

/** The HIS's secret would be read at start-up, and the example's file is nowhere. */
function withoutSecrets(hospital: HospitalInput): HospitalInput {
  return { ...hospital, his: { kind: 'rest', baseUrl: 'https://his.example.org', auth: { kind: 'none' } } }
}

/** Keys in alphabetical order, so that the order of registration makes no difference to the file. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  )
}
