import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { may, permissions } from '#contract/role.ts'
import type { NewApiKey } from '#contract/user.ts'
import { mayAct } from '#server/platform/authority.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { insertApiKey } from '#server/user/api-key.store.ts'
import { readDepartment } from '#server/user/read-department.ts'
import { makeToken } from '#server/user/token.ts'

/**
 * Makes a key for a program, with roles or with exactly the permissions that it needs, and nothing
 * that its maker may not. The token is in the answer only, this once.
 */
export async function createApiKey(
  context: Context,
  input: NewApiKey,
): Promise<{ id: string; token: string } | Refusal> {
  const wrong = wrongScope(context, input)
  if (wrong) return wrong
  const { token, hash } = makeToken('xk_')
  return runCommand(
    context,
    { name: 'api-key.create', permission: 'user:admin', input: { ...input }, secretReply: true },
    async (tx) => {
      const id = newId()
      const scope = input.scope ?? 'all'
      const departmentId = await readDepartment(tx, input.department, scope)
      if (isRefusal(departmentId)) return departmentId
      await insertApiKey(tx, {
        id,
        name: input.name,
        roles: input.roles ?? [],
        permissions: input.permissions ?? null,
        departmentId,
        scope,
        tokenHash: hash,
        tokenStart: token.slice(0, 8),
        createdBy: context.actor.name,
        expiresOn: input.expiresOn ?? null,
      })
      return { id, token }
    },
  )
}

function wrongScope(context: Context, input: NewApiKey): Refusal | undefined {
  const { roles, permissions: exactly, expiresOn } = input
  if ((roles === undefined) === (exactly === undefined)) {
    return refuse('invalid-input', 'roles, permissions: give a key either roles or permissions.', {
      zh: '“可以做什么”：权限和角色只能给一种。',
    })
  }
  if (exactly?.includes('user:admin')) {
    return refuse(
      'invalid-input',
      'permissions: who administers people may give themselves the rest. Use the role admin.',
      { zh: '能管理用户的人可以把其余权限也给自己：改为给“管理员”角色。' },
    )
  }
  const asked = exactly ?? permissions.filter((permission) => may(roles ?? [], permission))
  const beyond = asked.filter((permission) => !mayAct(context.actor, permission))
  if (beyond.length > 0) {
    return refuse('forbidden', `You may not give what you may not: ${beyond.join(', ')}.`, {
      permissions: beyond,
      zh: `不能授予自己没有的权限：${beyond.join('、')}。`,
    })
  }
  return expiresOn !== undefined && expiresOn <= context.today
    ? refuse('invalid-input', 'expiresOn: the key would have ended already.', {
        zh: '“到期日”应晚于今天，否则密钥已经失效。',
      })
    : undefined
}
