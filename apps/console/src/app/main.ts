import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/element.css'
import '../session/theme.ts'
import App from './app.vue'
import { queryClient } from './query-client.ts'
import { router } from './router.ts'

createApp(App).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
