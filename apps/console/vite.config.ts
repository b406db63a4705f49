import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  build: {
    // Hospitals keep Windows 7, whose last Chrome is 109.
    target: ['chrome105', 'firefox110', 'safari16'],
    // Preloads of lazy pages are plain links; the small script that older browsers need is not.
    modulePreload: { polyfill: false },
    // A picture inside a style sheet or script would be a `data:` address; files are cached for good.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
