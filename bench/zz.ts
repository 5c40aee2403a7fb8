import { benchRate } from '#bench/rate.ts'
await benchRate(process.argv.slice(2))
