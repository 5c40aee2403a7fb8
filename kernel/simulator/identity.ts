import { type Day, fromEpochDay, toEpochDay } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import { checkOrganisationCode } from '#kernel/party/organisation-code.ts'
import { socialCreditCheckCharacter } from '#kernel/party/unified-social-credit-code.ts'
import { at } from '#kernel/random/element-at.ts'
import {
  integerBetween,
  openStream,
  pick,
  pickWeighted,
  type RandomStream,
} from '#kernel/random/random.ts'
import type { Industry } from '#kernel/simulator/industry.ts'
import {
  type ForeignCountry,
  foreignNameOf,
  foreignPersonNameOf,
  personNameOf,
  tradeNameCount,
  tradeNameOf,
} from '#kernel/simulator/invented-name.ts'
import { type Place, places } from '#kernel/simulator/place.ts'
import { padded } from '#kernel/simulator/serial-number.ts'
import type {
  SimulatedBankAccount,
  SimulatedContact,
  SimulatedIdentity,
} from '#kernel/simulator/simulated.ts'

/** What an identity is drawn for. Ordinals tell companies apart, the same one never twice. */
type IdentityWish = {
  readonly seed: string
  readonly code: string
  readonly ordinal: number
  readonly industries: readonly (readonly [Industry, number])[]
  /** What a year's sales to it or purchases from it come to, in fen; its capital follows. */
  readonly annualMinor: number
  readonly foundedBefore: Day
  /** The group whose name the company bears, by the ordinal of its parent. */
  readonly group: { readonly parentOrdinal: number; readonly isParent: boolean } | null
  readonly country: ForeignCountry | null
}

/** Invents a company: a name and codes that are well formed and unique for each ordinal. */
export function simulateIdentity(wish: IdentityWish): SimulatedIdentity {
  const stream = openStream(wish.seed, wish.code, 'identity')
  const industry = pickWeighted(stream, wish.industries)
  const trade = pick(stream, industry.trades)
  const place = wish.country === null ? placeOf(wish.ordinal) : null
  const nameOfPerson = wish.country === null ? personNameOf : foreignPersonNameOf
  const { name, shortName } = namesOf(wish, place, trade, industry)
  const age = integerBetween(stream, 600, 9000)
  return {
    code: wish.code,
    name,
    shortName,
    country: wish.country ?? 'CN',
    creditCode: place === null ? null : creditCodeOf(wish.ordinal, place),
    place,
    industryCode: industry.code,
    industryName: industry.name,
    foundedOn: fromEpochDay(toEpochDay(wish.foundedBefore) - age),
    registeredCapitalMinor: capitalOf(stream, wish.annualMinor),
    legalRepresentative: nameOfPerson(stream),
    contacts: contactsOf(stream, wish.code, nameOfPerson),
    bankAccounts: accountsOf(stream, name, wish, place),
  }
}

/** The name of the company at the head of a group, whatever it trades in. */
export function parentNameOf(ordinal: number): string {
  return `${placeOf(ordinal).city}${tradeNameOf(ordinal)}集团股份有限公司`
}

// Ordinals beyond the trade names go through the cities again, so that no full name repeats.
function placeOf(ordinal: number): Place {
  const round = Math.floor(ordinal / tradeNameCount)
  return at(places, (ordinal * 29 + round) % places.length)
}

function namesOf(
  wish: IdentityWish,
  place: Place | null,
  trade: string,
  industry: Industry,
): { name: string; shortName: string } {
  if (wish.country !== null) {
    const name = foreignNameOf(wish.ordinal, wish.country)
    return { name, shortName: at(name.split(' '), 0) }
  }
  const city = place === null ? '' : place.city
  if (wish.group === null) {
    const called = tradeNameOf(wish.ordinal)
    const form = industry.code === 'F52' ? '商贸有限公司' : '有限公司'
    return { name: `${city}${called}${trade}${form}`, shortName: called + trade }
  }
  const { isParent, parentOrdinal } = wish.group
  const called = tradeNameOf(parentOrdinal)
  if (isParent) return { name: parentNameOf(parentOrdinal), shortName: `${called}集团` }
  const family = placeOf(parentOrdinal).city + called
  return { name: `${family}${trade}（${city}）有限公司`, shortName: called + city }
}

const codeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Organisation codes begin with MAY: well formed, and far beyond those issued so far. */
function creditCodeOf(ordinal: number, place: Place): string {
  const space = 31 ** 5
  let rest = (ordinal * 4_099_373 + 17_320_508) % space
  let serial = ''
  for (let i = 0; i < 5; i++) {
    serial = codeAlphabet.charAt(rest % 31) + serial
    rest = Math.floor(rest / 31)
  }
  const first8 = `MAY${serial}`
  const check = checkOrganisationCode(`${first8}0`)
  const wrong = check.kind === 'invalid' && check.reason === 'wrong-check-character'
  invariant(check.kind === 'valid' || wrong, 'only the check character can be wrong')
  const first17 = `91${place.code}${first8}${wrong ? check.expected : '0'}`
  return first17 + socialCreditCheckCharacter(first17)
}

function capitalOf(stream: RandomStream, annualMinor: number): bigint {
  const wanted = (annualMinor / 100) * (integerBetween(stream, 30, 250) / 100)
  const steps = [10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
  const inTenThousands = steps.find((step) => step * 10_000 >= wanted) ?? 20_000
  return BigInt(inTenThousands) * 1_000_000n
}

function contactsOf(
  stream: RandomStream,
  code: string,
  nameOfPerson: (stream: RandomStream) => string,
): SimulatedContact[] {
  const roles = ['采购', '财务'] as const
  return roles.map((role, index) => ({
    name: nameOfPerson(stream),
    role,
    phone: `12${index}00${padded(integerBetween(stream, 0, 999_999), 6)}`,
    email: `${role === '采购' ? 'buying' : 'accounts'}@${code.toLowerCase()}.example`,
  }))
}

const banks = ['中国工商银行', '中国农业银行', '中国银行', '中国建设银行', '交通银行', '招商银行']

function accountsOf(
  stream: RandomStream,
  holder: string,
  wish: IdentityWish,
  place: Place | null,
): SimulatedBankAccount[] {
  const kind = wish.code.startsWith('S') ? 2 : 1
  const ending = padded(integerBetween(stream, 0, 999_999), 6)
  const number = `9900${kind}00${padded(wish.ordinal, 6)}${ending}`
  if (place === null) return [{ holder, bank: `Bank of ${wish.country}`, number }]
  return [{ holder, bank: `${pick(stream, banks)}${place.city}分行`, number }]
}
