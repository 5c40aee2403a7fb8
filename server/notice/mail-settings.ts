import { type Refusal, refuse } from '#contract/problem.ts'

export type MailSettings = {
  /** `smtp://user:password@host:port`, or `smtps://` where TLS comes first. */
  readonly serverUrl: string
  readonly from: string
  /** Where people open the program, for links; without it mail has none. */
  readonly siteUrl: string | undefined
}

/** How mail is sent, from the environment; undefined where no server is named. */
export function mailSettings(): MailSettings | Refusal | undefined {
  const serverUrl = process.env.XINHENG_SMTP_URL
  if (!serverUrl) return undefined
  const protocol = URL.canParse(serverUrl) ? new URL(serverUrl).protocol : ''
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    return refuse(
      'unavailable',
      'XINHENG_SMTP_URL: write smtp://user:password@host:port, or smtps:// where TLS comes first.',
    )
  }
  const from = process.env.XINHENG_MAIL_FROM
  if (!from || !/^[^\p{Cc}]*[^\s<>@]+@[^\s<>@]+>?$/u.test(from)) {
    return refuse('unavailable', 'XINHENG_MAIL_FROM: name the address that mail comes from.')
  }
  return { serverUrl, from, siteUrl: process.env.XINHENG_URL?.replace(/\/+$/, '') }
}

/** The server without the secrets of its URL. */
export function serverNameOf({ serverUrl }: MailSettings): string {
  return new URL(serverUrl).host
}
