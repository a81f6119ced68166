import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` asks the Weir that answers here. */
const server = 'http://127.0.0.1:3055'

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api': { target: server, changeOrigin: true }, '/metrics': { target: server, changeOrigin: true } },
  },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
