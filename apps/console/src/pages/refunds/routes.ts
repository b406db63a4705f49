import type { RouteRecordRaw } from 'vue-router'

const permission = 'refunds.read'

export const refundsRoutes: RouteRecordRaw[] = [
  {
    path: 'refunds',
    name: 'refunds',
    component: () => import('./refunds-page.vue'),
    meta: { title: '退款', permission },
  },
  {
    path: 'refunds/funds',
    name: 'refund-funds',
    component: () => import('./funds/funds-page.vue'),
    meta: { title: '付款与资金', permission },
  },
]
