import type { RouteRecordRaw } from 'vue-router'

const permission = 'settings.read'

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: 'settings',
    name: 'settings',
    component: () => import('./config-page.vue'),
    meta: { title: '设置', permission },
  },
  {
    path: 'settings/keys',
    name: 'settings-keys',
    component: () => import('./keys-page.vue'),
    meta: { title: '密钥', permission },
  },
  {
    path: 'settings/tests',
    name: 'settings-tests',
    component: () => import('./tests-page.vue'),
    meta: { title: '连接测试', permission: 'settings.test' },
  },
  {
    path: 'settings/installation',
    name: 'settings-installation',
    component: () => import('./installation-page.vue'),
    meta: { title: '安装设置', permission },
  },
]
