import type { Command } from 'commander'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { RatingRun, RatingShown } from '#contract/scoring.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Output, Run } from '#server/platform/cli-run.ts'
import { liftOverride, overrideGrade } from '#server/scoring/override-grade.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { showLimits, showRatings } from '#server/scoring/show-rating.ts'

export function addScoringCommands(program: Command, run: Run): void {
  program
    .command('rate')
    .description('rate parties as of a day (--as-of) and decide their limits and terms')
    .argument('[keys...]', 'codes, credit codes, names or ids')
    .option('--all', 'every customer')
    .option('--stored-indicators', 'on the indicators already computed for that day')
    .option('--no-limits', 'leave limits as they are')
    .action((keys: string[], options: RateOptions) =>
      run(
        async (context, output) => {
          if (keys.length === 0 && !options.all) {
            return refuse('invalid-input', 'Name parties, or say --all.')
          }
          const partyIds: string[] = []
          for (const key of keys) {
            const party = await findPartyByKey(context, key)
            if (isRefusal(party)) return party
            partyIds.push(party.id)
          }
          return rateParties(
            context,
            {
              ...(options.all ? {} : { partyIds }),
              indicators: options.storedIndicators ? 'stored' : 'fresh',
              limits: options.limits,
            },
            output.progress,
          )
        },
        (done, output) => printRun(done, output),
      ),
    )
  program
    .command('replay')
    .description('make every stored decision again and compare the bytes')
    .action(() =>
      run(
        async ({ db }, output) => {
          const replay = await replayDecisions(db, output.progress)
          if (replay.differences.length > 0) output.exitWith(3)
          return replay
        },
        ({ replayed, otherEngine, differences }, output) => {
          const others = otherEngine > 0 ? `, ${otherEngine} of another engine version` : ''
          output.say(`${replayed} decisions replayed${others}: ${differences.length} differences.`)
          for (const each of differences) output.say(`  ${each.kind} ${each.id}: ${each.what}`)
        },
      ),
    )
  const rating = program.command('rating').description('ratings, limits and overrides of a party')
  rating
    .command('show')
    .description('rating and limit with their reasons, as of a day (--as-of)')
    .argument('<key>', 'code, credit code, name or id')
    .option('--lang <language>', 'zh or en', 'zh')
    .action((key: string, options: { lang: 'zh' | 'en' }) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const [latest] = await showRatings(context.db, party.id, context.today)
          const [limit] = await showLimits(context.db, party.id, context.today)
          return { party: { code: party.code, name: party.name }, rating: latest, limit }
        },
        ({ party, rating: latest, limit }, output) => {
          output.say(output.color('bold', `${party.code} ${party.name}`))
          if (latest) printRating(latest, options.lang, output)
          else output.say('Not rated yet: xinheng rate KEY')
          for (const sentence of limit?.explanation ?? []) output.say(`  ${sentence[options.lang]}`)
        },
      ),
    )
  rating
    .command('override')
    .description("put a person's grade in place of the card's")
    .argument('<key>')
    .argument('<grade>')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--expires <day>', 'last day, YYYY-MM-DD')
    .action((key: string, grade: string, options: { reason: string; expires: string }) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          if (isRefusal(party)) return party
          const { reason, expires: expiresOn } = options
          return overrideGrade(context, party.id, { grade, reason, expiresOn })
        },
        (_, output) => output.say(`${grade} from the next rating on, until ${options.expires}.`),
      ),
    )
  rating
    .command('lift-override')
    .description('let the card decide again')
    .argument('<key>')
    .action((key: string) =>
      run(
        async (context) => {
          const party = await findPartyByKey(context, key)
          return isRefusal(party) ? party : liftOverride(context, party.id)
        },
        (_, output) => output.say('The card decides again from the next rating on.'),
      ),
    )
}

type RateOptions = { all?: boolean; storedIndicators?: boolean; limits: boolean }

function printRating(rating: RatingShown, language: 'zh' | 'en', output: Output): void {
  output.say(`${rating.grade}  ${rating.score}  as of ${rating.asOf}`)
  for (const sentence of rating.explanation) output.say(`  ${sentence[language]}`)
  for (const { label, why } of rating.points) {
    if (!why) continue
    output.say(`  ${label[language]} = ${why.formula[language]}`)
    output.say(`    ${why.because[language]}`)
  }
}

function printRun(done: RatingRun, output: Output): void {
  output.say(
    `Rated ${done.rated} as of ${done.asOf}: ${done.upgraded} up, ${done.downgraded} down; ` +
      `${done.limits} limits.`,
  )
  output.table(
    ['grade', 'parties'],
    Object.entries(done.grades).map(([grade, n]) => [grade, String(n)]),
  )
  const reasons = new Map<string, number>()
  for (const { reason } of done.notRated) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  for (const [reason, n] of reasons) output.say(output.color('yellow', `${n} x ${reason}`))
}
