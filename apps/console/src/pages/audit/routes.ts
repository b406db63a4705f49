import type { RouteRecordRaw } from 'vue-router'

export const auditRoutes: RouteRecordRaw[] = [
  {
    path: 'audit',
    name: 'audit',
    component: () => import('./audit-page.vue'),
    meta: { title: '审计', permission: 'audit.read' },
  },
]
