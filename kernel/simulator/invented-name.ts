import { at } from '#kernel/random/element-at.ts'
import { pick, pickWeighted, type RandomStream } from '#kernel/random/random.ts'
import { places } from '#kernel/simulator/place.ts'

/**
 * The two characters a company is called by (字号). They repeat after `tradeNameCount` ordinals; a
 * third character is added once they have gone through all places.
 */
export function tradeNameOf(ordinal: number): string {
  const spread = (ordinal * 2741 + 997) % tradeNameCount
  const second = spread % seconds.length
  const third = Math.floor(ordinal / (tradeNameCount * places.length))
  const ending = third === 0 ? '' : at(thirds, third - 1)
  return at(firsts, Math.floor(spread / seconds.length)) + at(seconds, second) + ending
}

// First characters that spell a listed company with one of the second ones are left out.
const firsts = [
  ...'衡沁峻铎榆桦楠沣淳湛溪烁煦熠璟琨瑾砚稷穗翊苒蔚谷辰郅钊霁韬骁麓岚筱崧',
  ...'岑珩琅玥瑄珺琰瑗铄铮锴镕锟镒鉴镌樾梓槿椿楷檀槐葳苓芮茗荻菡萱葆蓁蕴薇',
]
const seconds = [
  ...'达源信泰腾宏禾翔驰诚拓恒屹朗博润卓旭晟科兴毅泽尚捷和盛远凌森工铸力固凯彦邦亨协联益优景帆',
]

const thirds = [...'通利华丰隆昌顺安庆福祥瑞']

/** How many trade names there are before they repeat. */
export const tradeNameCount = firsts.length * seconds.length

/** An invented Chinese person's name. */
export function personNameOf(stream: RandomStream): string {
  const given = pick(stream, givenNames)
  return pickWeighted(stream, surnames) + given
}

// Surnames by their share among the population, roughly.
// biome-ignore format: a table
const surnames = [
  ['王', 7], ['李', 7], ['张', 7], ['刘', 5], ['陈', 5], ['杨', 3], ['黄', 2], ['赵', 2],
  ['吴', 2], ['周', 2], ['徐', 2], ['孙', 2], ['马', 1], ['朱', 1], ['胡', 1], ['郭', 1],
  ['何', 1], ['林', 1], ['高', 1], ['罗', 1], ['郑', 1], ['梁', 1], ['谢', 1], ['宋', 1],
  ['唐', 1], ['许', 1], ['邓', 1], ['韩', 1], ['冯', 1], ['曹', 1], ['彭', 1], ['曾', 1],
] as const

const givenNames = (
  '建国 志强 海燕 丽娟 俊杰 晓明 文斌 国华 雪梅 春兰 立新 永康 思远 嘉怡 宇航 佳琪 浩然 ' +
  '子涵 明辉 小红 卫东 玉兰 秀英 桂芳 德胜 振华 伟 芳 敏 静 磊 洋 勇 艳 杰 娟 涛 超 霞 平 ' +
  '刚 鑫 凯 颖 琳 雯 博文 晨曦 若曦 天佑 学军 红梅 爱民 新宇 少华 锦程 一鸣 慧敏 淑珍 长青'
).split(' ')

/** An invented name of somebody abroad. */
export function foreignPersonNameOf(stream: RandomStream): string {
  return `${pick(stream, foreignGivenNames)} ${pick(stream, heads)}${pick(stream, tails)}`
}

const foreignGivenNames = 'Anna Erik Laura Ken Maria Tom Yui Marco Linh David Sofia Paul'.split(' ')

export type ForeignCountry = 'DE' | 'US' | 'JP' | 'IT' | 'SG' | 'VN'

/** An invented foreign company name, one for each number and country. */
export function foreignNameOf(ordinal: number, country: ForeignCountry): string {
  const spread = (ordinal * 37 + 11) % (heads.length * tails.length)
  const stem = at(heads, Math.floor(spread / tails.length)) + at(tails, spread % tails.length)
  const round = Math.floor(ordinal / (heads.length * tails.length))
  const series = round === 0 ? '' : ` ${round + 1}`
  return `${stem}${series} ${foreignForms[country]}`
}

// biome-ignore format: a table
const heads = [
  'Bram', 'Hald', 'Nor', 'Trel', 'Vant', 'Ostr', 'Kell', 'Dren', 'Mar', 'Fald', 'Gried', 'Lund',
  'Pell', 'Quar', 'Rost', 'Sev', 'Tam', 'Ulm', 'Wex', 'Yar',
]
// biome-ignore format: a table
const tails = [
  'avik', 'ending', 'holt', 'ivar', 'owitz', 'una', 'erley', 'agawa', 'inello', 'orp', 'issen',
  'umi', 'ander', 'eska', 'ilde', 'omar', 'antis', 'ekker', 'undo',
]

const foreignForms: Readonly<Record<ForeignCountry, string>> = {
  DE: 'Hydraulik GmbH',
  US: 'Industrial Supply LLC',
  JP: 'Kikai Co., Ltd.',
  IT: 'Oleodinamica S.r.l.',
  SG: 'Machinery Pte. Ltd.',
  VN: 'Equipment JSC',
}
