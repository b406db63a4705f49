import type { RouteRecordRaw } from 'vue-router'

export const callsRoutes: RouteRecordRaw[] = [
  {
    path: 'calls',
    name: 'calls',
    component: () => import('./calls-page.vue'),
    meta: { title: '接口调用', permission: 'calls.read' },
  },
]
