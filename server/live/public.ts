export { startLive } from '#server/live/start-live.ts'
