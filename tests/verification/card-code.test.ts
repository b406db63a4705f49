import { MINUTE_MS, sensitive } from '@zhangyi/core'
import { createHealthCardClient, memoryTokenStore } from '@zhangyi/health-card'
import { type Card, freePortBase, HEALTH_CARD_APP, type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type CardCodeView, registerCardCodeRoutes } from '../../apps/server/src/card-code/index.ts'
import type { PatientToLink } from '../../apps/server/src/patients/link-patient.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { decodeCode } from './decode-code.ts'
import { openRoom, type SignedIn } from './room-in-process.ts'

let database: TestDatabase
let sandbox: RunningSandbox
let card: Card
const VISIT_CARD = '0000123420931'

beforeAll(async () => {
  database = await createTestDatabase()
  sandbox = await startSandbox({ port: await freePortBase() })
  const cards = sandbox.simulators['health-card']?.actions['cards']?.({ person: 'lihua' }) as readonly Card[]
  card = cards[0] as Card
  return async () => {
    await sandbox.stop()
    await database.drop()
  }
})
beforeEach(() => sandbox.simulators['health-card']?.faults.clear())

type Settings = Parameters<typeof openRoom>[1]['hospital']

/** `meanwhile` happens while the platform is being asked for a code. */
async function open(hospital: Settings = {}, meanwhile: () => Promise<unknown> = async () => {}) {
  const client = createHealthCardClient({
    ...{ baseUrl: String(sandbox.origins['health-card']), ...HEALTH_CARD_APP },
    ...{ clock: sandbox.clock, tokenStore: memoryTokenStore(), timeoutMs: 10_000 },
  })
  const room = await openRoom(database, {
    clients: {
      healthCard: () => ({
        ...client,
        getDynamicQRCode: async (...question) => {
          await meanwhile()
          return client.getDynamicQRCode(...question)
        },
      }),
    },
    register: registerCardCodeRoutes,
    // A busy machine must not turn a health card's code into the visit card's.
    hospital: { ...hospital, cardCode: { timeoutMs: 10_000, ...hospital.cardCode } },
  })
  const link = (user: SignedIn, changes: Partial<PatientToLink> = {}) =>
    room.link(
      user,
      {},
      {
        visitCard: sensitive(VISIT_CARD),
        card: { healthCardId: card.healthCardId, qrCodeText: sensitive(card.qrCodeText) },
        ...changes,
      },
    )
  const show = (user: SignedIn, { id }: { id: string }, query = '') =>
    user.ask<CardCodeView>('GET', `/patients/${id}/card-code${query}`)
  return { ...room, link, show }
}

function imageOf(view: CardCodeView): string {
  if (view.kind === 'counter') throw new Error('no image at the counter')
  return view.image
}

function platformFault(kind: string) {
  sandbox.simulators['health-card']?.faults.order({ kind, operation: 'getDynamicQRCode' })
}

test('with a grant: the platform’s dynamic code, readable, fresh each time, kept by no cache', async () => {
  const { signIn, link, grant, show, close } = await open()
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  const first = await show(user, patient)
  expect(first).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      kind: 'health-card',
      codeType: 'dynamic',
      number: '330102********2210',
      patient: { id: patient.id, name: '李*华', relation: '本人' },
      refreshSeconds: 60,
      pluginPage: null,
    },
  })
  const text = decodeCode(imageOf(first.body))
  expect(text).toMatch(new RegExp(`^${card.healthCardId}:0:[0-9a-f]{32}$`))
  expect(decodeCode(imageOf((await show(user, patient)).body))).not.toBe(text)
  await close()
})

test('the static code is the card’s own and needs no platform', async () => {
  const { signIn, link, grant, show, close } = await open()
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  platformFault('http-500')
  const { body } = await show(user, patient, '?type=static')
  expect(body).toMatchObject({ kind: 'health-card', codeType: 'static' })
  expect(decodeCode(imageOf(body))).toBe(card.qrCodeText)
  await close()
})

test.each(['http-500', 'reply-lost', 'malformed-json'])(
  'platform down (%s): never blocked, the visit card’s own code',
  async (kind) => {
    const { signIn, link, grant, show, close } = await open({ cardCode: { visitCardSymbol: 'code128' } })
    const user = await signIn()
    const patient = await link(user)
    await grant(user, patient, 'card-code')
    platformFault(kind)
    const { status, body } = await show(user, patient)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ kind: 'visit-card', why: 'platform-unavailable', symbol: 'code128', number: '0000 1234 2093 1' },
    })
    expect(decodeCode(imageOf(body))).toBe(VISIT_CARD)
    await close()
  },
)

test('no grant, a lapsed one, a voided one, one for reports or for a family member: the visit card, recorded with the reason', async () => {
  const { signIn, link, grant, show, close, clock, audit, voidGrants } = await open()
  const user = await signIn()
  const patient = await link(user)
  const child = await link(user, {
    person: {
      ...{ name: sensitive('李小宝'), idType: '01', idNumber: sensitive('330102202005181219') },
      ...{ gender: '男', birthday: sensitive('2020-05-18'), phone: undefined },
    },
  })
  const shown = async () => {
    expect((await show(user, patient)).body).toMatchObject({ kind: 'visit-card', why: 'not-verified' })
    const entries = await audit('card-code.shown')
    return entries.filter(({ subject }) => subject === patient.id).at(-1)?.detail
  }
  expect(await shown()).toEqual({
    ...{ kind: 'visit-card', why: 'not-verified', refusal: 'none', codeType: 'dynamic' },
  })
  await grant(user, patient, 'lab-report')
  await grant(user, patient, 'personal-data', 'fallback')
  await grant(user, child, 'card-code')
  expect(await shown()).toMatchObject({ refusal: 'none' })
  await grant(user, patient, 'card-code')
  expect((await show(user, patient)).body.kind).toBe('health-card')
  clock.advance(30 * MINUTE_MS)
  expect(await shown()).toMatchObject({ refusal: 'expired' })
  await grant(user, patient, 'card-code')
  await voidGrants(user)
  expect(await shown()).toMatchObject({ refusal: 'voided' })
  await close()
})

test('no health card: said so even when verified; no visit card either: the counter', async () => {
  const { signIn, link, grant, show, close } = await open()
  const user = await signIn()
  const patient = await link(user, { card: undefined, verified: false })
  await grant(user, patient, 'card-code')
  expect((await show(user, patient)).body).toMatchObject({ kind: 'visit-card', why: 'no-card' })
  const other = await signIn()
  const bare = await link(other, { card: undefined, visitCard: undefined })
  const { body } = await show(other, bare)
  expect(body).toMatchObject({ kind: 'counter', why: 'no-card', patient: { name: '李*华' } })
  await close()
})

test('bug: a grant voided while the platform took its time still showed the health card', async () => {
  const { signIn, link, grant, show, close, audit, voidGrants } = await open({}, () => voidGrants(user))
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  expect((await show(user, patient)).body).toMatchObject({ kind: 'visit-card', why: 'not-verified' })
  const shown = (await audit('card-code.shown')).filter(({ subject }) => subject === patient.id)
  expect(shown).toMatchObject([{ detail: { kind: 'visit-card', why: 'not-verified', refusal: 'voided' } }])
  await close()
})

test('bug: the audit log did not say under which grant a health card was shown', async () => {
  const { signIn, link, grant, show, close, audit } = await open()
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code', 'fallback')
  await show(user, patient)
  const [shown] = (await audit('card-code.shown')).filter(({ subject }) => subject === patient.id)
  expect(shown?.detail).toEqual({
    ...{ kind: 'health-card', codeType: 'dynamic', assurance: 'fallback' },
    grant: expect.stringMatching(/^\w+/),
  })
  await close()
})

test("another user's patient is refused as unknown and recorded; a guessed id and no session, too", async () => {
  const { signIn, link, show, close, audit, http } = await open()
  const owner = await signIn()
  const patient = await link(owner)
  const stranger = await signIn()
  const refused = await stranger.ask<{ error: { code: string } }>('GET', `/patients/${patient.id}/card-code`)
  expect(refused).toMatchObject({ status: 404, body: { error: { code: 'patient-not-yours' } } })
  expect((await show(stranger, { id: 'pat_guess' })).status).toBe(404)
  const subjects = (await audit('patients.not-yours')).map(({ subject }) => subject)
  expect(subjects).toEqual(expect.arrayContaining([patient.id, 'no-id-of-ours']))
  expect((await http.inject(`/api/v1/patients/${patient.id}/card-code`)).statusCode).toBe(401)
  await close()
})

test('neither log nor audit holds a number of the person or of the card', async () => {
  const { signIn, link, grant, show, close, logLines } = await open()
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  await show(user, patient)
  platformFault('http-500')
  await show(user, patient)
  const audited = await database.asOwner(`SELECT * FROM audit_entry`)
  const written = JSON.stringify([audited, logLines])
  for (const secret of ['330102199001012210', '李明华', VISIT_CARD, card.healthCardId])
    expect(written).not.toContain(secret)
  await close()
})

test('a platform that does not answer in time: the visit card at once, not after the client’s own limit', async () => {
  const { signIn, link, grant, show, close } = await open({ cardCode: { timeoutMs: 100 } })
  const user = await signIn()
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  const silent = { kind: 'delay', delayMs: 20_000, operation: 'getDynamicQRCode' } as const
  sandbox.simulators['health-card']?.faults.order(silent)
  expect((await show(user, patient)).body).toMatchObject({ kind: 'visit-card', why: 'platform-unavailable' })
  sandbox.simulators['health-card']?.faults.clear()
  await close()
})

test('mini program: the plugin’s page, unless the hospital wants ours', async () => {
  const { signIn, link, grant, show, close } = await open()
  const user = await signIn('mini-program')
  const patient = await link(user)
  await grant(user, patient, 'card-code')
  const page = async () => {
    const { body } = await show(user, patient)
    return body.kind === 'health-card' ? body.pluginPage : 'no card'
  }
  const [path, query] = String(await page()).split('?')
  expect(path).toBe('plugin://healthCardPlugins/healthcode')
  const given = Object.fromEntries(new URLSearchParams(query))
  expect(given).toEqual({
    ...{ hospitalId: 'H-1', healthCardId: card.healthCardId },
    webviewUrl: '/pages/web-view/web-view?url=$url',
    redirectUrl: `/pages/card-code/show?patientId=${patient.id}`,
  })
  await close()

  const ours = await open({ cardCode: { page: 'own' } })
  const another = await ours.signIn('mini-program')
  const theirs = await ours.link(another)
  await ours.grant(another, theirs, 'card-code')
  expect((await ours.show(another, theirs)).body).toMatchObject({ kind: 'health-card', pluginPage: null })
  await ours.close()
})

test('a health card’s code is a use of the card only where the hospital reports it; a visit card’s never is', async () => {
  const events = () => database.asOwner(`SELECT state FROM usage_event WHERE scene = '0101088' ORDER BY id`)
  for (const [scenes, expected] of [
    [{}, []],
    [{ 'show-card-code': '0101088' }, [{ state: 'pending' }]],
  ] as const) {
    const { signIn, grant, close, link, show } = await open({ usage: { scenes } })
    const user = await signIn()
    const patient = await link(user)
    await show(user, patient)
    await grant(user, patient, 'card-code')
    expect((await show(user, patient)).body).toMatchObject({ kind: 'health-card' })
    expect(await events()).toEqual(expected)
    await close()
  }
})
