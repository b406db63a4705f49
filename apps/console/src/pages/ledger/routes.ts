import type { RouteRecordRaw } from 'vue-router'

const meta = (title: string) => ({ title, permission: 'ledger.read' })

export const ledgerRoutes: RouteRecordRaw[] = [
  {
    path: 'ledger',
    name: 'ledger',
    component: () => import('./overview-page.vue'),
    meta: meta('余额台账'),
  },
  {
    path: 'ledger/balances',
    name: 'ledger-balances',
    component: () => import('./balances-page.vue'),
    meta: meta('台账档案'),
  },
  {
    path: 'ledger/cleaning',
    name: 'ledger-cleaning',
    component: () => import('./cleaning-page.vue'),
    meta: meta('台账待清洗'),
  },
  {
    path: 'ledger/imports',
    name: 'ledger-imports',
    component: () => import('./imports-page.vue'),
    meta: meta('台账导入'),
  },
]
