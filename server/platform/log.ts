import pino, { type DestinationStream, type Logger } from 'pino'

/** Structured logs: JSON lines to a file, or to standard error where `XINHENG_LOG` says `-`. */
export function openLog(file: string): Logger {
  const destination = process.env.XINHENG_LOG ?? file
  return pino(
    {
      level: process.env.XINHENG_LOG_LEVEL ?? 'info',
      redact: ['req.headers.authorization', 'req.headers.cookie'],
    },
    inTurns(
      pino.destination(destination === '-' ? { dest: 2 } : { dest: destination, mkdir: true }),
    ),
  )
}

/** Writes what a turn of the event loop logs at its end: a batch of credit checks by one call. */
function inTurns(file: DestinationStream): DestinationStream {
  let lines = ''
  const write = () => {
    const written = lines
    lines = ''
    if (written !== '') file.write(written)
  }
  process.on('exit', write)
  return {
    write: (line) => {
      if (lines === '') setImmediate(write)
      lines += line
    },
  }
}
