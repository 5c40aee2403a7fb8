import type { BinValues, Figure, ModelCard } from '#kernel/model/model-card.ts'
import type { Output } from '#server/platform/cli-run.ts'

/** A model card for a person: data, figures with their intervals, characteristics, limits. */
export function printCard(card: ModelCard, output: Output, shown: readonly string[]): void {
  const { data, days, figures, outOfTime } = card
  const what = card.kind === 'fitted' ? 'Fitted model' : "Expert's card with updated weights"
  output.say(output.color('bold', `${what}: ${card.label.en} ${card.label.zh}`))
  const span = days ? `, month ends ${days.first} to ${days.last}` : ''
  output.say(
    `${data.cases} cases of ${data.groups}, ${data.bads} bad of ${data.badGroups}${span}; ` +
      `${card.folds.count} folds by ${card.folds.by}, seed ${card.folds.seed}`,
  )
  if (figures) {
    output.say(
      `AUC ${figures.auc.toFixed(4)} +- ${figures.aucBetweenFolds.toFixed(4)} between folds, ` +
        `all cases ${figureText(figures.aucAllCases)}; KS ${figures.ks.toFixed(3)}, ` +
        `Brier ${figures.brier.toFixed(4)}, slope ${figures.calibration.slope.toFixed(2)}`,
    )
  }
  if (outOfTime) {
    const { psi } = outOfTime
    output.say(
      `Out of time, ${outOfTime.cases} cases, ${outOfTime.bads} bad: AUC ` +
        `${figureText(outOfTime.auc)}; PSI ${psi.psi.toFixed(3)} ` +
        `(${psi.low.toFixed(3)} to ${psi.high.toFixed(3)}, by chance ${psi.byChance.toFixed(3)})`,
    )
  }
  if (card.scale) {
    const { pdo, baseScore, baseOdds } = card.scale
    output.say(`${pdo} points double the odds; ${baseScore} points are ${baseOdds} good to 1 bad`)
    const chances = card.grades.map((each) => `${each.grade} ${(100 * each.chance).toFixed(2)} %`)
    output.say(`Chance of being bad at the lowest score of each grade: ${chances.join(', ')}`)
  }
  const isFitted = card.kind === 'fitted'
  output.table(
    isFitted
      ? ['characteristic', 'IV', 'direction', 'bins', 'coefficient']
      : ['characteristic', 'weight times'],
    card.characteristics
      .filter(({ coefficient }) => coefficient > 0)
      .map(({ id, iv, direction, parts, coefficient }) =>
        isFitted
          ? [id, iv.toFixed(3), direction, String(parts.length), coefficient.toFixed(3)]
          : [id, coefficient.toFixed(2)],
      ),
  )
  for (const { id, iv, merged, parts } of card.characteristics) {
    for (const lost of merged)
      output.say(`${id}: merged by hand for ${lost.toFixed(4)} of ${(iv + lost).toFixed(4)} IV`)
    if (!shown.includes(id)) continue
    output.table(
      ['', id, 'good', 'bad', 'bad rate', 'weight'],
      parts.map(({ values, good, bad, woe }, bin) => {
        const rate = good + bad > 0 ? `${((100 * bad) / (good + bad)).toFixed(2)}%` : '-'
        return [String(bin), valuesText(values), String(good), String(bad), rate, woe.toFixed(3)]
      }),
    )
  }
  const pairs = card.interactions.map(({ first, second }) => `${first} x ${second}`)
  if (pairs.length > 0) output.say(`Pairs: ${pairs.join(', ')}`)
  for (const { id, kind, auc } of card.leaks) {
    const why = kind === 'too-good' ? 'is too good alone' : 'tells by whether it is known at all'
    const warning = `${id} ${why} (AUC ${auc.toFixed(3)}): known only afterwards? --without ${id}`
    output.say(output.color('yellow', warning))
  }
  for (const limit of card.limits) output.say(`- ${limit.en} ${limit.zh}`)
}

function valuesText(values: BinValues): string {
  switch (values.kind) {
    case 'missing':
      return 'missing'
    case 'levels':
      return values.levels.join(', ')
    case 'special':
      return `= ${values.value}`
    case 'range':
      return values.upTo === null ? `above ${values.above ?? 'all'}` : `up to ${values.upTo}`
  }
}

function figureText(figure: Figure): string {
  if (!figure) return 'not to be told'
  const [value, low, high] = [figure.value, figure.low, figure.high].map((each) => each.toFixed(4))
  return `${value} (95 % ${low} to ${high})`
}
