import { DatePicker, Form, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import {
  type DocumentCategory,
  type DocumentShown,
  documentCategories,
} from '#contract/document.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'

type Typed = {
  readonly category: DocumentCategory
  readonly title: string
  readonly validToOn: Dayjs | null
}

/** Says what a dropped file is, and keeps it. */
export function AddDocumentDialog(of: {
  readonly partyId: string
  readonly file: File | null
  readonly close: () => void
}): ReactNode {
  const { pick, say } = useWords()
  const { file } = of
  const upload = ({ category, title, validToOn }: Typed, key: string) => {
    const body = new FormData()
    body.append('category', category)
    body.append('title', title.trim())
    if (validToOn) body.append('validToOn', validToOn.format('YYYY-MM-DD'))
    body.append('file', file as File)
    return send<DocumentShown>('POST', `/api/parties/${of.partyId}/documents`, { body, key })
  }
  return (
    <ActDialog<Typed, DocumentShown>
      {...{ isOpen: file !== null, close: of.close, send: upload }}
      title={say('file.doc.add')}
      submit={say('file.doc.add')}
      initial={{ category: 'other', title: file?.name.replace(/\.\w{1,8}$/, '') ?? '' }}
      done={(words) => words('file.doc.added')}
    >
      <p className="quiet">{file?.name}</p>
      <Form.Item name="category" label={say('file.doc.category')}>
        <Select
          options={(Object.keys(documentCategories) as DocumentCategory[]).map((value) => ({
            value,
            label: pick(documentCategories[value]),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={say('file.doc.name')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="validToOn" label={say('file.doc.validTo')}>
        <DatePicker />
      </Form.Item>
    </ActDialog>
  )
}

/** Takes a document out of the file, with the reason. */
export function RemoveDocumentDialog(of: {
  readonly document: DocumentShown | null
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const { document } = of
  const path = `/api/parties/${document?.partyId}/documents/${document?.id}/removal`
  return (
    <ActDialog<{ reason: string }, { id: string }>
      {...{ isOpen: document !== null, close: of.close, isDanger: true }}
      title={say('file.doc.remove', { title: document?.title ?? '' })}
      submit={say('ui.remove')}
      send={({ reason }, key) => send('POST', path, { body: { reason: reason.trim() }, key })}
      done={(words) => words('file.doc.removed')}
    >
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.reason.missing') }]}
      >
        <ReasonInput phrases={['file.doc.phrase.old', 'file.doc.phrase.wrong']} />
      </Form.Item>
    </ActDialog>
  )
}
