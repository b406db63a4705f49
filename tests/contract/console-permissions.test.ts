import { readFileSync } from 'node:fs'
import { ManualClock } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Http } from '../../apps/server/src/platform/http/build-http.ts'
import { knowsWork } from '../../apps/server/src/platform/jobs/console/work-words.ts'
import {
  may,
  PERMISSIONS,
  type Permission,
} from '../../apps/server/src/platform/operators/access/permissions.ts'
import { ROLE_NAMES, type Role } from '../../apps/server/src/platform/operators/access/roles.ts'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { openRefunds, type RefundsRig } from '../refunds/refunds-rig.ts'

// Every operation of the console, held against the one table of who may do what. The routes are those of the whole server.

const ROOT = '/api/v1/console/'
/** The door itself: what may be asked before anybody is known. */
const DOOR = /^\/api\/v1\/console\/session/

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
}

let rig: RefundsRig
let http: Http
let routes: readonly Route[]
const cookies = new Map<Role, string>()
beforeAll(async () => {
  rig = await openRefunds()
  http = rig.app.http
  routes = routesOf()
  for (const role of ROLE_NAMES)
    cookies.set(
      role,
      await signInAs(
        { database: rig.database, clock: rig.clock },
        { origin: rig.origin, loginName: `matrix-${role}`, role },
      ),
    )
})
afterAll(() => rig.close())

/** As the interface describes itself, with something in place of each parameter. */
function routesOf(): readonly Route[] {
  const { paths } = http.swagger() as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(ROOT) && !DOOR.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase() as Route['method'],
        path: path.replace(/\{[^}]+\}/g, 'none'),
      })),
    )
}

async function ask({ method, path }: Route, cookie: string | undefined, headers: object = {}) {
  const answer = await http.inject({
    ...{ method, url: path },
    headers: { ...(cookie !== undefined && { cookie }), origin: rig.origin, ...headers },
    ...(method !== 'GET' && { payload: {} }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, code: isJson ? answer.json().error?.code : undefined }
}

test('there are routes, and nobody without a session gets past the door of any of them', async () => {
  expect(routes.length).toBeGreaterThan(45)
  for (const route of routes)
    expect(await ask(route, undefined), `${route.method} ${route.path}`).toEqual({
      ...{ status: 401, code: 'operator-not-signed-in' },
    })
})

test('the whole matrix: each role is let in to exactly what the table says', async () => {
  const wrong: string[] = []
  const asked = new Set<string>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    const lets = new Set<Role>()
    for (const [role, cookie] of cookies)
      if ((await ask(route, cookie)).code !== 'operator-forbidden') lets.add(role)
    // Which row of the table it is shows by whom it lets in; a route that lets in nobody, or everybody, has none.
    const fitting = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
      ROLE_NAMES.every((role) => may(role, permission) === lets.has(role)),
    )
    if (fitting.length === 0) wrong.push(`${name}: ${[...lets].join(', ')}`)
    for (const permission of fitting) asked.add(permission)
  }
  expect(wrong).toEqual([])
  expect((Object.keys(PERMISSIONS) as Permission[]).filter((permission) => !asked.has(permission))).toEqual(
    [],
  )
})

test('every route of the console in the source has its guard, by its own permission', () => {
  const files = [
    'visits/console/api-routes',
    ...['usage/console/api-routes', 'usage/console/reading-routes', 'usage/console/event-routes'],
    ...['refunds/ledger/register-ledger-api', 'refunds/console/routes'],
    ...['refunds/console/bill/register-bill-api', 'refunds/console/window/register-window-api'],
    ...['refunds/funds-watch/register-alarm-api', 'refunds/offline/console/api-routes'],
    'refunds/counter/register-counter-api',
    ...['refunds/campaigns/register-campaign-api', 'platform/operators/account-routes'],
    ...['platform/operators/home', 'platform/call-log/console/register-calls'],
    ...['platform/callbacks/console/register-callbacks', 'platform/jobs/console/register-jobs'],
    ...['platform/settings/console/register-settings', 'platform/settings/console/register-keys'],
    ...['enrolment/console/register-enrolment-console', 'patients/console/register-patients-console'],
    ...['patients/console/register-unconfirmed', 'notices/console/register-notices-console'],
    'verification/console/register-verification-console',
    'verification/personal-data/console/register-changes',
  ]
  for (const file of files) {
    const source = readFileSync(new URL(`../../apps/server/src/${file}.ts`, import.meta.url), 'utf8')
    const [made, guarded] = [
      source.match(/http\.(get|post|put|delete)\(/g),
      source.match(/operators\.guard\('/g),
    ]
    expect(guarded?.length, file).toBe(made?.length)
  }
})

test('what changes something is refused from foreign pages, whoever is signed in', async () => {
  const changing = routes.filter(({ method }) => method !== 'GET')
  expect(changing.length).toBeGreaterThan(20)
  for (const route of changing)
    for (const cookie of cookies.values())
      expect((await ask(route, cookie, { origin: 'https://evil.example' })).code, route.path).toBe(
        'foreign-origin',
      )
})

test('every answer keeps scripts of others out, is shown in no frame, tells no address on, and is not kept', async () => {
  for (const { method, path } of [...routes, { method: 'GET', path: '/api/v1/console/session' } as const])
    for (const cookie of ['', cookies.get('finance') ?? '']) {
      const { headers } = await http.inject({ method, url: path, headers: { cookie, origin: rig.origin } })
      const policy = String(headers['content-security-policy'])
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule] as const))
      for (const name of ['default-src', 'script-src']) expect(rules.get(name), path).toBe(`${name} 'self'`)
      for (const name of ['object-src', 'frame-ancestors'])
        expect(rules.get(name), path).toBe(`${name} 'none'`)
      for (const name of ['base-uri', 'form-action']) expect(rules.get(name), path).toBe(`${name} 'self'`)
      expect(headers, path).toMatchObject({
        ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
        'referrer-policy': 'no-referrer',
      })
    }
})

test('a session that was left alone opens nothing more', async () => {
  const clock = new ManualClock(rig.clock.nowMs())
  const cookie = await signInAs(
    { database: rig.database, clock },
    { origin: rig.origin, loginName: 'matrix-idle', role: 'finance', lastsMs: -1 },
  )
  for (const route of routes.slice(0, 10)) expect((await ask(route, cookie)).status).toBe(401)
})

test('one of another hospital sees nothing of this one, whatever it asks for', async () => {
  const cookie = await signInAs(
    { database: rig.database, clock: rig.clock },
    { origin: rig.origin, loginName: 'matrix-other', role: 'finance', hospitals: ['elsewhere'] },
  )
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const { status } = await ask({ ...route, path: `${route.path}?hospital=demo` }, cookie)
    expect([400, 403, 404], `${route.path} ${status}`).toContain(status)
  }
})

test('each background work says in words what it does', () => {
  const nameless = rig.app.work.map(({ name }) => name).filter((name) => !knowsWork(name))
  expect(nameless).toEqual([])
})
