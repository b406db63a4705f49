import type { RouteRecordRaw } from 'vue-router'

const permission = 'usage.read'

export const usageRoutes: RouteRecordRaw[] = [
  {
    path: 'usage',
    name: 'usage',
    component: () => import('./usage-page.vue'),
    meta: { title: '上报与完整性', permission },
  },
  {
    path: 'usage/parked',
    name: 'usage-parked',
    component: () => import('./parked-page.vue'),
    meta: { title: '停下的事件', permission },
  },
  {
    path: 'usage/departments',
    name: 'usage-departments',
    component: () => import('./departments-page.vue'),
    meta: { title: '科室对应', permission },
  },
  {
    path: 'usage/events',
    name: 'usage-events',
    component: () => import('./events-page.vue'),
    meta: { title: '用卡事件', permission },
  },
]
