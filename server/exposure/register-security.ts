import type { NewSecurity, SecurityEnd, SecurityReply } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { lockTree } from '#server/exposure/locked-tree.ts'
import { type Posting, recordPostings } from '#server/exposure/post.ts'
import { readLimit, readShareBps } from '#server/exposure/read-account.ts'
import {
  insertSecurity,
  lockSecurity,
  markEnded,
  type SecurityRow,
} from '#server/exposure/security.store.ts'
import { findPartyByKey } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { readDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Registers what covers a part of the exposure: a confirmed letter of credit, insured cover, or
 * collateral. It reduces the exposure from its first to its last day by the share that counts.
 */
export async function registerSecurity(
  context: Context,
  partyKey: string,
  wanted: NewSecurity,
): Promise<SecurityReply | Refusal> {
  const party = await findPartyByKey(context, partyKey)
  if (isRefusal(party)) return party
  const terms = readTerms(context, wanted)
  if (isRefusal(terms)) return terms
  return runCommand(
    context,
    {
      name: 'security.register',
      permission: 'exposure:secure',
      input: { ...wanted, partyId: party.id },
      subject: party.id,
    },
    async (tx) => {
      const buyer = { partyId: party.id, segment: wanted.segment ?? '' }
      const tree = await lockTree(tx, [buyer])
      const security: SecurityRow = {
        ...terms,
        ...{ partyId: party.id, id: newId(), accountId: tree.leafOf(buyer).account.id },
        ...{ segment: buyer.segment, endedOn: null, endReason: null },
        recordedBy: context.actor.name,
      }
      if (!(await insertSecurity(tx, security))) {
        const detail = `${party.code} has a ${wanted.kind} ${wanted.number} already.`
        const zh = `${party.code} 已有${kindZh[wanted.kind]} ${wanted.number}。`
        return refuse('already-exists', detail, { number: wanted.number, zh })
      }
      if (security.countsSinceOn !== null) {
        await recordPostings(tx, tree, [securityPosting(security, 1n, 'secured', context.today)])
      }
      const facts = { id: security.id, kind: wanted.kind, number: wanted.number }
      await tx.emit({ kind: 'security.registered', partyId: party.id, facts })
      return securityReply(security)
    },
  )
}

const kindZh: Readonly<Record<NewSecurity['kind'], string>> = {
  'letter-of-credit': '信用证',
  insured: '信用保险',
  collateral: '担保物',
}

function readTerms(context: Context, wanted: NewSecurity) {
  const face = readLimit(wanted.amount, wanted.currency, 'amount')
  if (isRefusal(face)) return face
  const shareBps = readShareBps(wanted.counts ?? '100%', 'counts')
  if (isRefusal(shareBps)) return shareBps
  // What covers is rounded down: never more than is there.
  const countedMinor = divide(face.minor * BigInt(shareBps), 10_000n, 'floor')
  if (countedMinor === 0n) {
    return refuse('invalid-input', 'amount: what counts of it must be above zero.', {
      zh: '金额：计入的部分应大于零。',
    })
  }
  const fromOn = wanted.fromOn === undefined ? context.today : readDay(wanted.fromOn, 'fromOn')
  if (isRefusal(fromOn)) return fromOn
  const toOn = readDay(wanted.toOn, 'toOn')
  if (isRefusal(toOn)) return toOn
  if (toOn < fromOn || toOn < context.today) {
    const zh = `有效至：${toOn} 已过，或早于起始日 ${fromOn}。`
    return refuse('invalid-input', `toOn: ${toOn} has passed or lies before ${fromOn}.`, { zh })
  }
  const { kind, number, issuer, note } = wanted
  return {
    ...{ kind, number, issuer: issuer ?? null, note: note ?? null },
    ...{ currency: face.currency, faceMinor: face.minor, shareBps, countedMinor, fromOn, toOn },
    countsSinceOn: fromOn <= context.today ? context.today : null,
  }
}

/** Ends a security before its last day: released, cancelled by the insurer, discrepancies found. */
export function endSecurity(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  end: SecurityEnd,
): Promise<SecurityReply | Refusal> {
  return runCommand(
    context,
    {
      name: 'security.end',
      permission: 'exposure:secure',
      input: { ...end, securityId: of.id },
      subject: of.partyId,
    },
    async (tx) => {
      const security = await lockSecurity(tx, of)
      if (!security) return refuse('not-found', 'This party has no such security.')
      if (security.endedOn !== null) {
        const zh = `${security.number} 已于 ${security.endedOn} 结束。`
        const detail = `${security.number} ended on ${security.endedOn} already.`
        return refuse('wrong-state', detail, { zh })
      }
      const tree = await lockTree(tx, [security])
      await markEnded(tx, security, { on: context.today, reason: end.reason })
      if (security.countsSinceOn !== null) {
        await recordPostings(tx, tree, [
          securityPosting(security, -1n, 'security-ended', context.today),
        ])
      }
      const facts = { id: security.id, kind: security.kind, number: security.number }
      await tx.emit({ kind: 'security.ended', partyId: of.partyId, facts })
      return securityReply({ ...security, endedOn: context.today, endReason: end.reason })
    },
  )
}

export function securityPosting(
  of: SecurityRow,
  sign: 1n | -1n,
  cause: string,
  effectiveOn: Posting['effectiveOn'],
): Posting {
  return {
    partyId: of.partyId,
    segment: of.segment,
    stage: of.kind,
    currency: of.currency,
    minor: sign * of.countedMinor,
    documentKind: 'security',
    documentId: of.id,
    number: of.number,
    cause,
    effectiveOn,
    decisionId: null,
    shipOn: null,
  }
}

export function securityReply(of: SecurityRow): SecurityReply {
  const amount = (minor: bigint) => toDecimal({ minor, currency: of.currency })
  return {
    partyId: of.partyId,
    id: of.id,
    kind: of.kind,
    number: of.number,
    issuer: of.issuer,
    currency: of.currency,
    amount: amount(of.faceMinor),
    share: `${scaledToDecimal(BigInt(of.shareBps), 2)}%`,
    counted: amount(of.countedMinor),
    fromOn: of.fromOn,
    toOn: of.toOn,
    counts: of.countsSinceOn !== null && of.endedOn === null,
    endedOn: of.endedOn,
    endReason: of.endReason,
    note: of.note,
  }
}
