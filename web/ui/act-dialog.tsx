import { Button, Form, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { ProblemNote } from './problem.tsx'
import { useAct } from './use-act.ts'
import { type Say, useWords } from './use-words.ts'

type Of<Fields, Reply> = {
  readonly isOpen: boolean
  readonly close: () => void
  readonly title: string
  readonly submit: string
  readonly isDanger?: boolean
  readonly width?: number
  readonly initial?: object
  readonly send: (fields: Fields, key: string) => Promise<Reply>
  readonly done?: (say: Say, reply: Reply) => string
  readonly onDone?: (reply: Reply) => void
  /** What of the act was not done; the dialog stays with it. */
  readonly left?: (reply: Reply) => ReactNode | null
  /** Items of a form. */
  readonly children: ReactNode
}

/** Asks what an act needs, does it, and tells in place what stands in its way. */
export function ActDialog<Fields, Reply>(of: Of<Fields, Reply>): ReactNode {
  return (
    <Modal
      open={of.isOpen}
      onCancel={of.close}
      title={of.title}
      footer={null}
      width={of.width ?? 520}
      destroyOnHidden
    >
      <DialogForm<Fields, Reply> {...of} />
    </Modal>
  )
}

function DialogForm<Fields, Reply>(of: Of<Fields, Reply>): ReactNode {
  const { say } = useWords()
  const [form] = Form.useForm()
  const [left, setLeft] = useState<ReactNode>(null)
  const act = useAct<Fields, Reply>({
    send: of.send,
    isProblemShown: true,
    ...(of.done && { done: of.done }),
    onDone: (reply) => {
      of.onDone?.(reply)
      const rest = of.left?.(reply) ?? null
      setLeft(rest)
      if (rest === null) of.close()
    },
  })
  const submitOnKeys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={of.initial ?? {}}
      // A button that is at work keeps clicks off and Enter, but not the keys below.
      onFinish={(fields: Fields) => !act.isPending && act.mutate(fields)}
      onKeyDown={submitOnKeys}
    >
      {of.children}
      {left}
      {act.error && <ProblemNote error={act.error} />}
      <div className="dialog-foot">
        <Button onClick={of.close}>{say('ui.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          danger={of.isDanger ?? false}
          loading={act.isPending}
        >
          {of.submit}
        </Button>
      </div>
    </Form>
  )
}
