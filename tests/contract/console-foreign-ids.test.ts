import { hospitalId } from '@zhangyi/core'
import { type App, buildApp, Checks, Hospitals } from '@zhangyi/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLE_NAMES } from '../../apps/server/src/platform/operators/access/roles.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { photo } from '../../apps/server/src/refunds/offline/test-support/open-offline-room.ts'
import { openRefunds, type RefundsRig } from '../refunds/refunds-rig.ts'
import { type BodySchema, bodyOf } from './body-of-schema.ts'

// Every route of the console with an id in its address, asked with ids of another hospital: none is there, nothing changes.

const ROOT = '/api/v1/console/'
/** Accounts belong to the installation and to no hospital; an alarm is named by its kind. */
const WITHOUT_HOSPITAL = /^\/api\/v1\/console\/(?:accounts|session)\//
/** Where the name of a table does not begin as the address does; what fits nothing is asked with an id of every table. */
const TABLES: Readonly<Record<string, RegExp>> = {
  calls: /^outside_call$/,
  exports: /^console_export$/,
  campaigns: /^notice_campaign|campaign$/,
  cases: /^refund_case$/,
  legs: /^refund_leg$/,
  offline: /^offline_application$/,
  documents: /^offline_document$/,
}
/** Opened by whoever belongs to the hospital: the ids that are tried are real ones. */
const SEEN = ['calls/{id}', 'refunds/cases/{id}', 'refunds/offline/{id}', 'refunds/campaigns/{id}']

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body: BodySchema | undefined
}

let rig: RefundsRig
let app: App
const ids = new Map<string, readonly string[]>()
beforeAll(async () => {
  rig = await openRefunds()
  await liveSomeLife()
  const [first] = rig.hospitals.all
  if (!first) throw new Error('no hospital')
  const other = { ...first, id: hospitalId('other'), name: '另一家医院' }
  app = await buildApp(
    {
      ...{ settings: rig.settings, clock: rig.clock, database: rig.database, cipher: rig.cipher },
      ...{ hospitals: new Hospitals([first, other]), checks: new Checks(), publicOrigin: rig.origin },
      ...{ fetch: rig.send, jobs: { wake: async () => {} } },
    },
    { logLevel: 'fatal', logStream: { write: () => {} }, maxRequestsPerMinute: 1_000_000 },
  )
  await app.http.ready()
  for (const [table, found] of await readIds()) ids.set(table, found)
})
afterAll(async () => {
  await app.http.close()
  await rig.close()
})

/** Some of everything that has an id: a refund, a request on paper with a document, a campaign, an export, calls. */
async function liveSomeLife(): Promise<void> {
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 100_000_000 })
  const user = await rig.signIn()
  const patient = await rig.newPatient({ balanceFen: 8_000 })
  await user.link(patient)
  const { body } = await user.refundByFace(patient)
  expect(body.legs).toHaveLength(1)
  const person = { name: '李明', idNumber: patient.idNumber }
  const started = await user.ask<{ id: string }>('POST', '/offline', {
    ...{ reason: 'other', requestKey: 'key-of-this-test' },
    applicant: { ...person, phone: '13800000210', relation: '本人' },
    patient: { ...person, cardNumber: null },
  })
  const added = await user.ask('POST', `/offline/${started.body.id}/documents`, photo('patient-id'))
  const handedIn = await user.ask('POST', `/offline/${started.body.id}/submit`)
  expect([started.status, added.status, handedIn.status]).toEqual([200, 200, 200])
  const operator = await rig.operator('wang-03')
  const campaign = await operator.ask('POST', '/campaigns', { name: '余额清理', minFen: 100 })
  expect(campaign.status).toBe(200)
}

/** Two of each table of the first hospital. */
async function readIds(): Promise<readonly (readonly [string, readonly string[]])[]> {
  const tables = await rig.asOwner<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.columns h
       USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND c.column_name = 'id' AND h.column_name = 'hospital_id'`,
  )
  return Promise.all(
    tables.map(async ({ name }) => {
      const rows = await rig.asOwner<{ id: string }>(
        `SELECT id::text FROM ${name} WHERE hospital_id = 'demo' ORDER BY id DESC LIMIT 2`,
      )
      return [name, rows.map(({ id }) => id)] as const
    }),
  )
}

function routesOf(): readonly Route[] {
  const { paths } = app.http.swagger() as {
    paths: Record<
      string,
      Record<string, { requestBody?: { content: Record<string, { schema: BodySchema }> } }>
    >
  }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(ROOT) && path.includes('{') && !WITHOUT_HOSPITAL.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => ({
        ...{ method: method.toUpperCase() as Route['method'], path },
        body: Object.values(requestBody?.content ?? {})[0]?.schema,
      })),
    )
}

/** The ids that belong in the places of an address, each place with its own; all of them where nobody knows. */
function idsFor(path: string): readonly string[] {
  const [last = ''] = path
    .slice(0, path.lastIndexOf('{') - 1)
    .split('/')
    .slice(-1)
  const kind = TABLES[last] ?? new RegExp(`^${last.replace(/s$/, '')}`)
  const fitting = [...ids].filter(([table]) => kind.test(table)).flatMap(([, found]) => found)
  return fitting.length > 0
    ? fitting
    : [...ids.values()].map((found) => found[0]).filter((id) => id !== undefined)
}

function addressesOf({ path }: Route): readonly string[] {
  const [place] = /\{[^}]+\}/.exec(path) ?? []
  if (place === undefined) return [path]
  const before = path.slice(0, path.indexOf(place) + place.length)
  return idsFor(before).flatMap((id) =>
    addressesOf({ path: path.replace(place, encodeURIComponent(id)) } as Route),
  )
}

const signedIn = new Map<string, string>()
async function cookieOf(role: (typeof ROLE_NAMES)[number], seen: string): Promise<string> {
  const name = `${role}-of-${seen}`
  const known = signedIn.get(name)
  if (known !== undefined) return known
  const fresh = await signInAs(rig, { origin: rig.origin, loginName: name, role, hospitals: [seen] })
  signedIn.set(name, fresh)
  return fresh
}

/** As whoever may do it at all, by role. */
async function ask({ method, body }: Route, address: string, seen: string, hospital?: string) {
  let last = { status: 0, text: '' }
  for (const role of ROLE_NAMES) {
    const cookie = await cookieOf(role, seen)
    const payload = body && { ...(bodyOf(body) as object), ...(hospital !== undefined && { hospital }) }
    const { statusCode, body: text } = await app.http.inject({
      ...{ method, headers: { cookie, origin: rig.origin } },
      url: method === 'GET' && hospital !== undefined ? `${address}?hospital=${hospital}` : address,
      ...(method !== 'GET' && { payload: payload ?? {} }),
    })
    last = { status: statusCode, text }
    if (statusCode !== 403) return last
  }
  return last
}

/** All that the first hospital has, and what was recorded of it. */
async function everything(): Promise<ReadonlyMap<string, string>> {
  const tables = await rig.asOwner<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns JOIN pg_class ON relname = table_name
     WHERE table_schema = 'public' AND column_name = 'hospital_id' AND relkind IN ('r', 'p')`,
  )
  const sums = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await rig.asOwner<{ sum: string }>(
        `SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS sum FROM ${name} t
         WHERE hospital_id = 'demo'`,
      )
      return [name, row?.sum ?? ''] as const
    }),
  )
  return new Map(sums)
}

const ID = /[0-9a-f]{32}/

function isKnown({ path }: Route): boolean {
  return Object.keys(TABLES).some((place) => path.includes(`/${place}/{`))
}

function isAboutAddress({ path }: Route, text: string): boolean {
  const { error } = JSON.parse(text) as { error?: { fields?: readonly { field: string }[] } }
  return (error?.fields ?? []).every(({ field }) => path.includes(`{${field}}`))
}

function wordsOf(text: string): string {
  const { code, message } = (JSON.parse(text) as { error?: { code: string; message: string } }).error ?? {}
  return `${code}: ${message}`
}

test('the ids are real: whoever belongs to the hospital opens what they name', async () => {
  const routes = routesOf().filter(
    ({ method, path }) => method === 'GET' && SEEN.some((one) => path === ROOT + one),
  )
  expect(routes).toHaveLength(SEEN.length)
  for (const route of routes) {
    const [address = ''] = addressesOf(route)
    expect((await ask(route, address, 'demo')).status, address).toBe(200)
  }
})

test('an id of another hospital is not there, for whatever is asked of it, and nothing changes', async () => {
  const routes = routesOf()
  expect(routes.length).toBeGreaterThan(20)
  const before = await everything()
  const found: string[] = []
  const unproven: string[] = []
  for (const route of routes)
    for (const address of addressesOf(route))
      for (const hospital of [undefined, 'demo']) {
        const { status, text } = await ask(route, address, 'other', hospital)
        const name = `${route.method} ${route.path} ${address} ${hospital ?? ''}: ${status}`
        // What is not even of the form of an id is not there either; of what nobody has said yet no body may be known.
        if (status === 400) {
          if (isKnown(route) && !isAboutAddress(route, text)) unproven.push(`${name} ${text}`)
        }
        // Otherwise it is said in the words in which an id is refused that nobody has.
        else if (status !== 404) {
          const unknown = await ask(route, address.replace(ID, '0'.repeat(32)), 'other', hospital)
          if (wordsOf(text) !== wordsOf(unknown.text)) found.push(name)
        }
      }
  expect(found).toEqual([])
  expect(unproven).toEqual([])
  expect(await everything()).toEqual(before)
})
