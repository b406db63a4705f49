import type { RouteRecordRaw } from 'vue-router'

const permission = 'enrolments.read'

export const enrolmentsRoutes: RouteRecordRaw[] = [
  {
    path: 'enrolments',
    name: 'enrolments',
    component: () => import('./enrolments-page.vue'),
    meta: { title: '建档', permission },
  },
  {
    path: 'enrolments/archives',
    name: 'archives',
    component: () => import('./archives-page.vue'),
    meta: { title: '待确认的档案', permission },
  },
  {
    path: 'enrolments/changes',
    name: 'changes',
    component: () => import('./changes-page.vue'),
    meta: { title: '待处理的修改', permission },
  },
  {
    path: 'enrolments/bindings',
    name: 'bindings',
    component: () => import('./bindings-page.vue'),
    meta: { title: '没有绑定上的健康卡', permission },
  },
]
