import type { Monitoring } from '#contract/monitoring.ts'
import type { Label } from '#kernel/document/label.ts'

/** Overruled more often than this, of so many customers at least, a card is not believed. */
const overruledShare = 0.1
const overruledLeast = 5

/** What somebody should look at, each in a sentence. */
export function alertsOf(of: Omit<Monitoring, 'alerts'>): Label[] {
  const { calibration, characteristics, overrides, score } = of
  const alerts: Label[] = []
  if (score.verdict === 'shifted') {
    alerts.push({
      zh: `等级分布明显偏移（PSI ${score.psi.toFixed(2)}）：现在的客户和评分卡上线时不一样了。`,
      en: `Grades have shifted (PSI ${score.psi.toFixed(2)}): customers are others than when the card began.`,
    })
  }
  const moved = characteristics.filter(({ verdict }) => verdict === 'shifted')
  if (moved.length > 0) {
    const names = (language: keyof Label) =>
      moved.map(({ label, psi }) => `${label[language]} ${psi.toFixed(2)}`)
    alerts.push({
      zh: `分布明显偏移的特征（PSI）：${names('zh').join('、')}。`,
      en: `Characteristics that have shifted (PSI): ${names('en').join(', ')}.`,
    })
  }
  if (calibration.verdict !== 'as-told') {
    const { bad, customers, verdict } = calibration
    const expected = calibration.expected.toFixed(1)
    const isWorse = verdict === 'worse'
    alerts.push({
      zh: `违约比等级表说的${isWorse ? '多' : '少'}：${customers} 户中预计 ${expected} 户，实际 ${bad} 户。`,
      en: `${isWorse ? 'More' : 'Fewer'} went bad than the scale tells: ${bad} of ${customers}, expected ${expected}.`,
    })
  }
  const { inForce } = overrides
  if (inForce >= overruledLeast && inForce > overrides.customers * overruledShare) {
    const share = ((inForce / overrides.customers) * 100).toFixed(1)
    alerts.push({
      zh: `人工调整的等级占 ${share}%（${inForce} 户）：评分卡常常不被采信。`,
      en: `People overrule ${share}% of the grades (${inForce} customers): the card is often not believed.`,
    })
  }
  return alerts
}
