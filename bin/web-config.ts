import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** What the bundler is told, for the finished pages and for those that reload while one works. */
export const webConfig: InlineConfig = {
  root: join(root, 'web'),
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
}
