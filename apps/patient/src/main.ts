import { createSSRApp } from 'vue'
import App from './App.vue'

// uni-app calls this on every target; the name and the returned shape are its contract.
export function createApp() {
  return { app: createSSRApp(App) }
}
