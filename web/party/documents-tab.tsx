import { useQuery } from '@tanstack/react-query'
import { Button, Upload } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { type DocumentShown, documentBytesMax, documentCategories } from '#contract/document.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, pathWith } from '../ui/api.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, MomentText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { AddDocumentDialog, RemoveDocumentDialog } from './document-dialogs.tsx'

type Documents = { readonly items: readonly DocumentShown[] }

/** Licences, contracts and statements of a customer: dropped here, looked at here. */
export function DocumentsTab({ file }: { file: CreditFileShown }): ReactNode {
  const path = `/api/parties/${file.partyId}/documents`
  const documents = useQuery({ queryKey: [path], queryFn: () => get<Documents>(path) })
  return (
    <Card>
      <DocumentDrop partyId={file.partyId} />
      <Loaded query={documents} rows={5}>
        {({ items }) => <DocumentTable items={items} />}
      </Loaded>
    </Card>
  )
}

function DocumentDrop({ partyId }: { partyId: string }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [dropped, setDropped] = useState<File | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const reason = mayNot('file:write')
  if (reason) return <ActButton reason={reason}>{say('file.doc.add')}</ActButton>
  const take = (file: File) => {
    const wrong =
      file.size > documentBytesMax ? 'file.doc.tooLarge' : file.size === 0 ? 'file.doc.empty' : null
    setProblem(wrong && say(wrong))
    if (!wrong) setDropped(file)
    return false
  }
  return (
    <div className="document-drop">
      <Upload.Dragger showUploadList={false} beforeUpload={take} multiple={false}>
        <p>{say('file.doc.drop')}</p>
        <p className="quiet">{say('file.doc.drop.hint')}</p>
      </Upload.Dragger>
      {problem && (
        <p role="alert" className="negative">
          {problem}
        </p>
      )}
      <AddDocumentDialog partyId={partyId} file={dropped} close={() => setDropped(null)} />
    </div>
  )
}

function contentPath({ id, partyId }: DocumentShown, show: 'inline' | 'attachment'): string {
  return pathWith(`/api/parties/${partyId}/documents/${id}/content`, { show })
}

function DocumentTable({ items }: { items: readonly DocumentShown[] }): ReactNode {
  const { say } = useWords()
  const [shown, setShown] = useState<DocumentShown | null>(null)
  const [removed, setRemoved] = useState<DocumentShown | null>(null)
  if (items.length === 0) {
    return <EmptyState title={say('file.doc.none')} text={say('file.doc.none.text')} />
  }
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('file.doc.name')}</th>
            <th>{say('file.doc.category')}</th>
            <th>{say('file.doc.validTo')}</th>
            <th className="right">{say('file.doc.size')}</th>
            <th>{say('file.doc.by')}</th>
            <th>{say('file.doc.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              preview={() => setShown(document)}
              remove={() => setRemoved(document)}
            />
          ))}
        </tbody>
      </table>
      <DrillDrawer
        title={shown?.title}
        isOpen={shown !== null}
        close={() => setShown(null)}
        width={980}
      >
        {shown && <Preview document={shown} />}
      </DrillDrawer>
      <RemoveDocumentDialog document={removed} close={() => setRemoved(null)} />
    </div>
  )
}

function DocumentRow(of: {
  readonly document: DocumentShown
  readonly preview: () => void
  readonly remove: () => void
}): ReactNode {
  const { pick, say } = useWords()
  const mayNot = useMayNot()
  const { document } = of
  return (
    <tr>
      <th scope="row">
        <strong>{document.title}</strong>
        <div className="quiet">{document.fileName}</div>
      </th>
      <td>{pick(documentCategories[document.category])}</td>
      <td>
        <DayText day={document.validToOn} />{' '}
        {document.isExpired && <Mark tone="warn">{say('file.doc.expired')}</Mark>}
      </td>
      <td className="right figure">{sizeText(document.bytes)}</td>
      <td>
        {document.uploadedBy}
        <div className="quiet">
          <MomentText moment={document.recordedAt} />
        </div>
      </td>
      <td>
        <span className="act-row">
          {document.canPreview && (
            <Button size="small" onClick={of.preview}>
              {say('file.doc.preview')}
            </Button>
          )}
          <Button size="small" href={contentPath(document, 'attachment')}>
            {say('file.doc.download')}
          </Button>
          <ActButton size="small" danger reason={mayNot('file:write')} onClick={of.remove}>
            {say('ui.remove')}
          </ActButton>
        </span>
      </td>
    </tr>
  )
}

function Preview({ document }: { document: DocumentShown }): ReactNode {
  const path = contentPath(document, 'inline')
  return document.mediaType === 'application/pdf' ? (
    <iframe className="document-preview" src={path} title={document.title} />
  ) : (
    <img className="document-preview" src={path} alt={document.title} />
  )
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${kilobytes.toFixed(0)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`
}
