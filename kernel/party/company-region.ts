/** A name that begins with its place; `region` is null where none is recognised. */
export type RegionSplit = { readonly region: string | null; readonly rest: string }

const provinces =
  '北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|' +
  '海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门'
const cities =
  '石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|常州|南通|徐州|扬州|杭州|宁波|温州|嘉兴|绍兴|金华|' +
  '台州|合肥|芜湖|福州|厦门|泉州|南昌|济南|青岛|烟台|潍坊|临沂|郑州|洛阳|武汉|长沙|广州|深圳|珠海|佛山|' +
  '东莞|中山|惠州|南宁|海口|成都|贵阳|昆明|拉萨|西安|兰州|西宁|银川|乌鲁木齐|呼和浩特|唐山|保定'

// 超市, 城市, 都市, 社区 and their like are trades and brands, not places.
const city = '(?:[\\u4e00-\\u9fa5]{2,4}?(?<![超城都夜早菜门花股楼集])市)'
const district = '(?:[\\u4e00-\\u9fa5]{1,4}?(?:(?<![社小校园景厂库片街])区|县))'
const province = `(?:(?:${provinces})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?)`
const cityOrKnown = `(?:${city}|(?:${cities})市?)`
const county = '(?:[\\u4e00-\\u9fa5]{1,4}?县)'
const leading = new RegExp(
  `^(?:${province}${cityOrKnown}?${district}?|${cityOrKnown}${district}?|${county})`,
)
const bracketed = /\(([^()]{2,8})\)/

/**
 * Takes the administrative division off a Chinese company name, from its beginning or from brackets
 * within (西门子（中国）). The region comes without 省, 市, 区 and 县, so that 深圳市 and 深圳 are one.
 * A heuristic over well-known names: a place it does not know stays in the rest.
 */
export function splitRegion(name: string): RegionSplit {
  const [start = ''] = leading.exec(name) ?? []
  const afterStart = name.slice(start.length)
  const [inBrackets = '', place = ''] = bracketed.exec(afterStart) ?? []
  const isPlace = place === '中国' || leading.exec(place)?.[0] === place
  const rest = isPlace ? afterStart.replace(inBrackets, '') : afterStart
  const region = start + (isPlace ? place : '')
  if (region === '' || rest === '') return { region: null, rest: name }
  return { region: region.replace(regionSuffixes, ''), rest }
}

const regionSuffixes = /(?:壮族|回族|维吾尔)?自治区|特别行政区|[省市区县]/g
