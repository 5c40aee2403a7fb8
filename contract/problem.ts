/**
 * Everything that can be refused, in order of precedence. A problem travels as RFC 9457 problem
 * details: `type` ends in its kind, `title` is for people, further members are its facts.
 */
export const problems = {
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'wrong-credentials': { status: 401, zh: '用户名或密码不正确', en: 'Wrong login or password' },
  'second-factor-needed': {
    status: 401,
    zh: '需要输入动态验证码',
    en: 'A second factor is needed',
  },
  'too-many-streams': { status: 429, zh: '打开的页面过多', en: 'Too many pages are open' },
  'too-many-attempts': { status: 429, zh: '尝试次数过多,请稍后再试', en: 'Too many attempts' },
  'second-factor-missing': {
    status: 403,
    zh: '请先完成两步验证',
    en: 'Prove yourself by a second factor first',
  },
  forbidden: { status: 403, zh: '没有权限', en: 'You may not do this' },
  'invalid-input': { status: 400, zh: '输入有误', en: 'The input is not valid' },
  'body-too-large': { status: 413, zh: '内容过大', en: 'The body is too large' },
  'unsupported-media-type': { status: 415, zh: '内容类型不支持', en: 'Unsupported content type' },
  'not-found': { status: 404, zh: '找不到', en: 'Not found' },
  'idempotency-key-reused': {
    status: 422,
    zh: '同一幂等键用于了不同的内容',
    en: 'This idempotency key was used with another input',
  },
  conflict: { status: 409, zh: '与现有数据冲突', en: 'Conflicts with what is there' },
  'already-exists': { status: 409, zh: '已经存在', en: 'Already exists' },
  'wrong-state': { status: 409, zh: '当前状态不允许', en: 'Not possible in this state' },
  'reservation-expired': {
    status: 410,
    zh: '预占已过期',
    en: 'The reservation has expired',
  },
  'wrong-code': { status: 422, zh: '验证码不正确', en: 'The code is not right' },
  'policy-has-problems': {
    status: 422,
    zh: '政策内容有误',
    en: 'The policy document has problems',
  },
  'no-policy': { status: 409, zh: '没有已发布的政策', en: 'No policy is published' },
  'no-exchange-rate': { status: 409, zh: '缺少汇率', en: 'An exchange rate is missing' },
  'file-not-readable': { status: 422, zh: '文件无法读取', en: 'The file cannot be read' },
  'question-open': {
    status: 422,
    zh: '需要先回答一个问题',
    en: 'A question must be answered first',
  },
  'cancelled-by-user': { status: 409, zh: '已取消', en: 'Cancelled' },
  unavailable: { status: 503, zh: '暂时不可用,请重试', en: 'Temporarily unavailable, try again' },
  'internal-error': { status: 500, zh: '系统内部错误', en: 'Something broke inside' },
} as const satisfies Record<string, { status: number; zh: string; en: string }>

export type ProblemKind = keyof typeof problems

export type Problem = {
  readonly kind: ProblemKind
  /** One sentence: what is wrong, in which field, and what to do. */
  readonly detail: string
  readonly facts?: Readonly<Record<string, unknown>>
}

/** A use case's answer when it did not do what was asked. */
export type Refusal = { readonly refused: Problem }

export function refuse(
  kind: ProblemKind,
  detail: string,
  facts?: Readonly<Record<string, unknown>>,
): Refusal {
  return { refused: facts === undefined ? { kind, detail } : { kind, detail, facts } }
}

export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer
}
