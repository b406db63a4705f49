import type { RouteRecordRaw } from 'vue-router'

export const jobsRoutes: RouteRecordRaw[] = [
  {
    path: 'jobs',
    name: 'jobs',
    component: () => import('./jobs-page.vue'),
    meta: { title: '后台任务', permission: 'jobs.read' },
  },
  {
    path: 'jobs/failed',
    name: 'failed-jobs',
    component: () => import('./failed-page.vue'),
    meta: { title: '失败的任务', permission: 'jobs.read' },
  },
]
