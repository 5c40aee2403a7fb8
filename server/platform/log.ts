import pino, { type Logger } from 'pino'

/** Structured logs: JSON lines to a file, or to standard error where `XINHENG_LOG` says `-`. */
export function openLog(file: string): Logger {
  const destination = process.env.XINHENG_LOG ?? file
  return pino(
    {
      level: process.env.XINHENG_LOG_LEVEL ?? 'info',
      redact: ['req.headers.authorization', 'req.headers.cookie'],
    },
    destination === '-'
      ? pino.destination(2)
      : pino.destination({ dest: destination, mkdir: true }),
  )
}
