import type { RouteRecordRaw } from 'vue-router'
import { accountsRoutes } from '../pages/accounts/routes.ts'
import { auditRoutes } from '../pages/audit/routes.ts'
import { callbacksRoutes } from '../pages/callbacks/routes.ts'
import { callsRoutes } from '../pages/calls/routes.ts'
import { campaignsRoutes } from '../pages/campaigns/routes.ts'
import { counterRoutes } from '../pages/counter/routes.ts'
import { enrolmentsRoutes } from '../pages/enrolments/routes.ts'
import { homeRoutes } from '../pages/home/routes.ts'
import { jobsRoutes } from '../pages/jobs/routes.ts'
import { ledgerRoutes } from '../pages/ledger/routes.ts'
import { noticesRoutes } from '../pages/notices/routes.ts'
import { offlineRoutes } from '../pages/offline/routes.ts'
import { ownAccountRoutes } from '../pages/own-account/routes.ts'
import { patientsRoutes } from '../pages/patients/routes.ts'
import { refundsRoutes } from '../pages/refunds/routes.ts'
import { settingsRoutes } from '../pages/settings/routes.ts'
import { usageRoutes } from '../pages/usage/routes.ts'
import { verificationsRoutes } from '../pages/verifications/routes.ts'
import { visitsRoutes } from '../pages/visits/routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Without it the page says that it is not for this account. */
    permission?: string
  }
}

/** A new page: a folder in `pages/` with its `routes.ts`, and one line here. */
const PAGES = [
  ...[homeRoutes, enrolmentsRoutes, patientsRoutes, verificationsRoutes, noticesRoutes, visitsRoutes],
  ...[
    usageRoutes,
    accountsRoutes,
    auditRoutes,
    callsRoutes,
    callbacksRoutes,
    jobsRoutes,
    ownAccountRoutes,
    settingsRoutes,
  ],
  ...[refundsRoutes, counterRoutes],
  ...[ledgerRoutes, offlineRoutes, campaignsRoutes],
]

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('../pages/sign-in/sign-in-page.vue'),
    meta: { title: '登录' },
  },
  {
    path: '/',
    // Not with the door: what signs in is small.
    component: () => import('../layout/app-frame.vue'),
    meta: { title: '' },
    children: [
      ...PAGES.flat(),
      {
        path: ':rest(.*)*',
        name: 'not-found',
        component: () => import('../layout/errors/not-found-page.vue'),
        meta: { title: '没有这个页面' },
      },
    ],
  },
]
