import { Spin, Upload } from 'antd'
import { type ReactNode, useState } from 'react'

/** Takes one file by drop or choice; while it is on its way, its name stands there. */
export function DropBox(of: {
  readonly accept: string
  readonly isBusy: boolean
  readonly take: (file: File) => void
  /** What is said of a file that is on its way. */
  readonly busyText: (name: string) => string
  readonly children: ReactNode
}): ReactNode {
  const [name, setName] = useState('')
  return (
    <Upload.Dragger
      accept={of.accept}
      disabled={of.isBusy}
      showUploadList={false}
      beforeUpload={(file) => {
        setName(file.name)
        of.take(file)
        return false
      }}
    >
      {of.isBusy ? (
        <p role="status">
          <Spin size="small" /> {of.busyText(name)}
        </p>
      ) : (
        of.children
      )}
    </Upload.Dragger>
  )
}
