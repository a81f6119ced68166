/** The question as it was asked: JSON, the store's own language, and a line for a shell. */
import { curlLine } from '../../data/client.ts'
import type { QueryAnswer, QueryBody } from '../../data/hooks.ts'
import { formatDuration } from '../../../shared/schema/units.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TEXTS } from '../../texts.ts'
import styles from './explore.module.css'
import { texts } from './texts.ts'

export function QuestionPanel({
  body,
  answer,
}: {
  readonly body: QueryBody
  readonly answer: QueryAnswer | undefined
}) {
  const blocks = [
    { title: texts.json, text: JSON.stringify(body, null, 2) },
    { title: texts.curl, text: curlLine('query', body) },
    ...(answer?.meta.sql ? [{ title: texts.sql, text: answer.meta.sql }] : []),
  ]
  return (
    <Panel
      title={texts.questionTitle}
      basis={
        answer
          ? {
              parts: [
                TEXTS.resolution[answer.meta.resolution as 'raw'] ?? answer.meta.resolution,
                formatDuration(answer.meta.tookMs),
              ],
            }
          : undefined
      }
    >
      <div className={styles['blocks']}>
        {blocks.map(({ title, text }) => (
          <div key={title} className={styles['block']}>
            <div className={styles['blockHead']}>
              <h3>{title}</h3>
              <CopyButton
                text={text}
                label={TEXTS.value.copy}
                done={TEXTS.copied}
                failed={TEXTS.notCopied}
                variant="subtle"
                small
              />
            </div>
            {/* A long text scrolls, so it must be reachable by keyboard. */}
            <pre tabIndex={0} aria-label={title}>
              {text}
            </pre>
          </div>
        ))}
      </div>
    </Panel>
  )
}
