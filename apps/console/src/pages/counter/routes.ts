import type { RouteRecordRaw } from 'vue-router'

export const counterRoutes: RouteRecordRaw[] = [
  {
    path: 'counter',
    name: 'counter',
    component: () => import('./counter-page.vue'),
    meta: { title: '窗口查询', permission: 'counter.read' },
  },
]
