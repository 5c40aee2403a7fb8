import type { Words } from '../ui/words.ts'

export const userWords = {
  'user.signIn': ['登录', 'Sign in'],
  'user.signIn.welcome': ['企业信用管理', 'Enterprise credit management'],
  'user.login': ['用户名', 'Login'],
  'user.password': ['密码', 'Password'],
  'user.code': ['验证码', 'Code of the second factor'],
  'user.code.hint': [
    '验证器上的六位数字,或一个恢复码',
    'Six digits of your app, or a recovery code',
  ],
  'user.signInBy': ['用 {{label}} 登录', 'Sign in by {{label}}'],
  'user.oidc.failed': ['没有登录成功', 'You are not signed in'],
  'user.oidc.not-set-up': ['单点登录没有启用。', 'Sign-in by another system is switched off.'],
  'user.oidc.unreachable': [
    '认证服务没有回应,请稍后再试。',
    'The other system does not answer; try later.',
  ],
  'user.oidc.expired': ['登录用时过长,请重新开始。', 'It took too long; begin again.'],
  'user.oidc.declined': ['认证服务没有放行。', 'The other system declined.'],
  'user.oidc.not-proved': [
    '身份没有得到证明,请联系管理员。',
    'It was not proved who you are; ask your administrator.',
  ],
  'user.oidc.unknown-person': [
    '这里没有您的账户,请联系管理员。',
    'You have no account here; ask your administrator.',
  ],
  'user.oidc.barred': ['您的账户已停用。', 'Your account is switched off.'],
  'user.role.admin': ['管理员', 'administrator'],
  'user.role.credit-manager': ['信用经理', 'credit manager'],
  'user.role.sales': ['业务员', 'salesperson'],
  'user.role.accountant': ['会计', 'accountant'],
  'user.role.viewer': ['只读用户', 'viewer'],
  'user.role.integrator': ['系统集成', 'integrator'],
} as const satisfies Words
