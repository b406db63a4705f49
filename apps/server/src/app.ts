import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { z } from 'zod'
import { countShownCodes, registerCardCodeRoutes } from './card-code/index.ts'
import {
  bindCardsWork,
  enrolmentHome,
  enrolmentsExport,
  registerEnrolmentConsole,
  registerEnrolmentRoutes,
} from './enrolment/index.ts'
import { noticesHome, noticesWork, registerNoticeRoutes, registerNoticesConsole } from './notices/index.ts'
import { patientsHome, registerPatientsConsole, registerPatientsRoutes } from './patients/index.ts'
import { eventsByPurpose, paymentsWork, receiptsWork, registerPaymentRoutes } from './payments/index.ts'
import { registerAudit } from './platform/audit/audit-routes.ts'
import { auditWork } from './platform/audit/chain/audit-work.ts'
import { auditExport } from './platform/audit/list/audit-export.ts'
import { callsExport } from './platform/call-log/console/calls-export.ts'
import { registerCalls } from './platform/call-log/console/register-calls.ts'
import { callbacksWork } from './platform/callbacks/callbacks-work.ts'
import { registerCallbacks } from './platform/callbacks/console/register-callbacks.ts'
import { buildClients } from './platform/clients/build-clients.ts'
import { connectHis } from './platform/clients/connect-his.ts'
import { registerChannelChecks } from './platform/clients/register-channel-checks.ts'
import type { AnyExportKind } from './platform/exports/export-kind.ts'
import { exportsWork } from './platform/exports/exports-work.ts'
import { registerExports } from './platform/exports/register-exports.ts'
import { buildHttp, CONSOLE_POLICY, type Http, type HttpOptions } from './platform/http/build-http.ts'
import { describeApi } from './platform/http/describe-api.ts'
import { registerHealthRoutes } from './platform/http/health-routes.ts'
import { registerJobs } from './platform/jobs/console/register-jobs.ts'
import type { DueWork } from './platform/jobs/due-work.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import type { Service } from './platform/jobs/service.ts'
import { LiveHub } from './platform/live/live-hub.ts'
import { registerLive } from './platform/live/register-live.ts'
import { registerAccounts } from './platform/operators/account-routes.ts'
import { registerHome } from './platform/operators/home.ts'
import { Operators } from './platform/operators/operators.ts'
import { registerOperatorSession } from './platform/operators/session-routes.ts'
import type { Platform } from './platform/platform.ts'
import { registerLoginRoutes } from './platform/sessions/login-routes.ts'
import { registerSettings } from './platform/settings/console/register-settings.ts'
import { countRecordSuccesses, registerRecordRoutes } from './records/index.ts'
import {
  balancesExport,
  campaignsWork,
  fundsWatchWork,
  ledgerWork,
  noticesEvents,
  refundsEvents,
  refundsExport,
  refundsHome,
  refundsWork,
  registerAlarmApi,
  registerCampaignApi,
  registerCounterApi,
  registerLedgerApi,
  registerOfflineApi,
  registerOfflineRoutes,
  registerRefundConsole,
  registerRefundRoutes,
  wholeLedgerExport,
} from './refunds/index.ts'
import {
  type CountSuccesses,
  registerUsageRoutes,
  usageBackground,
  usageEventsExport,
  usageHome,
} from './usage/index.ts'
import {
  connectNationalIdentity,
  personalDataWork,
  registerChangesConsole,
  registerFaceRoutes,
  registerPersonalDataRoutes,
  registerVerificationConsole,
  registerVerificationRoutes,
  verificationHome,
  voidOnChange,
} from './verification/index.ts'
import {
  countVisitSuccesses,
  registerVisitRoutes,
  registerVisitsApi,
  visitsEvents,
  visitsExport,
  visitsHome,
  visitsWork,
} from './visits/index.ts'

export interface App {
  readonly http: Http
  /** Background work of all rooms; the caller hands it to `Jobs`, a simulation calls it itself. */
  readonly work: readonly DueWork[]
  readonly services: readonly Service[]
}

export interface AppOptions extends HttpOptions {
  /** The built patient app (H5); without it `/h5/` is not served. */
  readonly h5Dir?: string
  /** The built console; without it only its interface and the pages that the server renders are there. */
  readonly consoleDir?: string
}

export interface AppParts extends Omit<Platform, 'log'> {
  readonly jobs: Pick<Jobs, 'wake'>
}

export const VERSION = '0.1.0'

/** Who counts successes of the HIS by records of their own: what the reported uses of the card are held against. */
export const SUCCESSES: readonly CountSuccesses[] = [
  countVisitSuccesses,
  countRecordSuccesses,
  countShownCodes,
]

/** What may be taken out of the console as a table. */
const exportsOf = (platform: Pick<Platform, 'cipher' | 'clock'>): readonly AnyExportKind[] => [
  callsExport,
  auditExport,
  balancesExport(platform),
  usageEventsExport(platform.clock),
  refundsExport(platform),
  wholeLedgerExport(platform),
  visitsExport(platform),
  enrolmentsExport(platform),
]

/** Wires the rooms together. Separate from listening: tests call `http.inject()`. */
export async function buildApp(parts: AppParts, options: AppOptions): Promise<App> {
  const http = await buildHttp(options)
  const { jobs, ...rest } = parts
  const whole: Platform = { ...rest, log: http.log }
  const nationalIdentity = await connectNationalIdentity(whole)
  const room = { ...whole, jobs, nationalIdentity, clients: buildClients(whole, await connectHis(whole)) }
  const payments = {
    ...room,
    events: eventsByPurpose({ visits: visitsEvents(room), deposits: refundsEvents(room) }),
  }
  const notices = { ...room, events: noticesEvents }
  const operators = new Operators(whole)
  const exports = { ...whole, operators, jobs, kinds: exportsOf(whole) }
  const live = new LiveHub(whole)
  const usageRoom = { ...room, operators, successes: SUCCESSES }
  const usage = usageBackground(usageRoom)
  const work: readonly DueWork[] = [
    ...[bindCardsWork(room), personalDataWork(room), ...usage.work],
    ...[visitsWork(payments), paymentsWork(payments), receiptsWork(payments)],
    ...[refundsWork(payments), ledgerWork(room)],
    ...[fundsWatchWork(payments), campaignsWork(room), noticesWork(notices)],
    ...[auditWork(whole), exportsWork(exports), callbacksWork(whole)],
  ]
  await describeApi(http, VERSION)
  await http.register(async (routes: Http) => {
    registerHealthRoutes(routes, whole)
    registerChannelChecks(room)
    registerLoginRoutes(routes, whole)
    registerPatientsRoutes(routes, whole, voidOnChange(whole.clock))
    registerEnrolmentRoutes(routes, room)
    registerVerificationRoutes(routes, room)
    registerFaceRoutes(routes, room)
    registerRecordRoutes(routes, room)
    registerCardCodeRoutes(routes, room)
    registerPersonalDataRoutes(routes, room)
    registerVisitRoutes(routes, payments)
    registerVisitsApi(routes, { ...payments, operators })
    registerPaymentRoutes(routes, payments)
    registerRefundRoutes(routes, payments)
    registerRefundConsole(routes, { ...payments, operators })
    registerAlarmApi(routes, { ...payments, operators })
    registerCounterApi(routes, { ...payments, operators })
    registerCampaignApi(routes, { ...payments, operators })
    registerLedgerApi(routes, { ...payments, operators })
    registerOfflineRoutes(routes, payments)
    registerOfflineApi(routes, { ...payments, operators })
    registerNoticeRoutes(routes, notices)
    registerUsageRoutes(routes, usageRoom)
    registerOperatorSession(routes, { ...whole, operators })
    registerAccounts(routes, { ...whole, operators })
    registerAudit(routes, { ...whole, operators })
    registerCalls(routes, { ...room, operators })
    registerJobs(routes, { ...whole, operators }, work)
    registerCallbacks(routes, { ...whole, operators })
    registerExports(routes, exports)
    registerSettings(routes, { ...whole, operators })
    registerLive(routes, { ...whole, operators }, live)
    registerEnrolmentConsole(routes, { ...room, operators })
    registerPatientsConsole(routes, { ...whole, operators })
    registerVerificationConsole(routes, { ...whole, operators })
    registerChangesConsole(routes, { ...room, operators })
    registerNoticesConsole(routes, { ...whole, operators })
    registerHome(routes, { ...whole, operators }, [
      ...[refundsHome, usageHome, visitsHome, enrolmentHome, patientsHome, verificationHome, noticesHome],
    ])
  })
  if (options.h5Dir && existsSync(join(options.h5Dir, 'index.html')))
    await servePatientApp(http, options.h5Dir)
  if (options.consoleDir && existsSync(join(options.consoleDir, 'index.html')))
    await serveConsole(http, options.consoleDir)
  return { http, work, services: [usage.service, live] }
}

async function serveAssets(http: Http, root: string, prefix: string): Promise<void> {
  await http.register(fastifyStatic, {
    ...{ root, prefix, decorateReply: false },
    wildcard: false,
    index: false,
    // Files below assets carry a hash in their names: what was loaded once is never asked for again.
    setHeaders: (reply, path) => {
      if (/[\\/]assets[\\/]/.test(path)) reply.header('cache-control', 'public, max-age=31536000, immutable')
    },
  })
}

/** An app that routes by path: each of its paths gets its one page. */
function servePage(
  http: Http,
  root: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): void {
  const index = readFileSync(join(root, 'index.html'))
  for (const path of paths)
    http.get(path, PAGE, (_request, reply) =>
      reply
        .headers({ 'cache-control': 'no-store', ...headers })
        .type('text/html; charset=utf-8')
        .send(index),
    )
}

const PAGE = { schema: { hide: true, querystring: z.unknown() } } as const

/** Its report page and others lie in subpackages. */
async function servePatientApp(http: Http, root: string): Promise<void> {
  await serveAssets(http, root, '/h5/')
  const packages = ['pages', 'pages-card', 'pages-visit', 'pages-refund']
  servePage(http, root, ['/h5/', ...packages.map((one) => `/h5/${one}/*`)])
  http.get('/h5', PAGE, (_request, reply) => reply.redirect('/h5/'))
  http.get('/', PAGE, (_request, reply) => reply.redirect('/h5/'))
}

/** What the server still renders itself is more exact than the app's paths, and goes before. */
async function serveConsole(http: Http, root: string): Promise<void> {
  await serveAssets(http, root, '/console/')
  servePage(http, root, ['/console/', '/console/*'], { 'content-security-policy': CONSOLE_POLICY })
  http.get('/console', PAGE, (_request, reply) => reply.redirect('/console/'))
}
