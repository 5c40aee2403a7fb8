import type { Words } from '../ui/words.ts'

export const userWords = {
  'user.signIn': ['登录', 'Sign in'],
  'user.signIn.welcome': ['企业信用管理', 'Enterprise credit management'],
  'user.login': ['用户名', 'Login'],
  'user.password': ['密码', 'Password'],
} as const satisfies Words
