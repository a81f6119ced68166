import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` asks the Weir that answers here. */
const server = 'http://127.0.0.1:3055'
/** It takes requests of its own page only, so they go out as if they came from there. */
const asOwnPage = { target: server, changeOrigin: true, headers: { origin: server } }

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api': asOwnPage, '/metrics': asOwnPage },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
