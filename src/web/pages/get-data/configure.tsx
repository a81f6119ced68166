/** Step 2: the lines to paste, with address, port and interfaces in place. */
import { IconPrompt } from '@tabler/icons-react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ProposedField, SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { Tag } from '../../parts/tag.tsx'
import {
  asText,
  fill,
  placeholdersOf,
  protocolsOf,
  type Device,
  type Protocol,
  type Segment,
  type Values,
  type Variant,
} from './devices/device.ts'
import styles from './get-data.module.css'
import { variantFor, type Setup } from './setup.ts'
import { texts } from './texts.ts'

interface ConfigureProps {
  readonly device: Device
  readonly variant: Variant
  readonly values: Values
  readonly setup: Setup
  readonly onChange: (change: Partial<Setup>) => void
  readonly collectors: readonly string[]
  readonly ports: readonly number[]
  /** What stands in the way of any device reaching Weir. */
  readonly obstacle: { readonly title: string; readonly detail: string } | undefined
}

export function Configure({ device, variant, values, setup, onChange, collectors, ports, obstacle }: ConfigureProps) {
  const wanted = placeholdersOf(variant)
  const lines = fill(variant, values)
  const missing = [...new Set(lines.flat().flatMap((segment) => (segment.kind === 'missing' ? [segment.text] : [])))]
  return (
    <Panel
      title={texts.configure.title}
      className={`${styles['step']} ${styles['configure']}`}
      actions={<Tag tone="accent">{device.name}</Tag>}
    >
      <div className={styles['inner']}>
        {obstacle ? (
          <Notice level="warn" title={obstacle.title}>
            {obstacle.detail}
          </Notice>
        ) : null}
        <Choices device={device} variant={variant} onChange={onChange} />
        <div className={styles['fields']}>
          <ProposedField
            label={texts.configure.collector}
            value={setup.collector}
            proposal={collectors[0] ?? ''}
            onChange={(collector) => onChange({ collector })}
            mono
            {...(values.collector === '' ? { hint: texts.configure.collectorHint } : {})}
          />
          <SelectField
            label={texts.configure.port}
            value={String(values.port)}
            disabled={ports.length === 0}
            options={
              ports.length === 0
                ? [{ value: String(values.port), label: texts.configure.noPort }]
                : ports.map((port) => ({ value: String(port), label: `${port} udp` }))
            }
            onChange={(port) => onChange({ port })}
          />
          {wanted.has('interface') || wanted.has('interfaces') ? (
            <ProposedField
              label={texts.configure.interfaces}
              value={setup.interfaces}
              proposal={variant.interfaces}
              onChange={(interfaces) => onChange({ interfaces })}
              mono
            />
          ) : null}
          {wanted.has('source') ? (
            <TextField
              label={texts.configure.source}
              value={setup.source}
              onChange={(source) => onChange({ source })}
              mono
              placeholder="192.0.2.1"
            />
          ) : null}
          {wanted.has('rate') ? (
            <ProposedField
              label={texts.configure.rate}
              value={setup.rate}
              proposal={String(variant.rate ?? 1)}
              onChange={(rate) => onChange({ rate })}
              mono
              inputMode="numeric"
              maxLength={8}
            />
          ) : null}
        </div>
        {collectors.length > 1 ? (
          <div className={styles['candidates']}>
            {texts.configure.candidates}
            {collectors.map((address) => (
              <button
                key={address}
                type="button"
                aria-pressed={address === values.collector}
                onClick={() => onChange({ collector: address })}
              >
                {address}
              </button>
            ))}
          </div>
        ) : null}
        <div className={styles['config']}>
          <div className={styles['configHead']}>
            <IconPrompt size={15} aria-hidden />
            {device.where}
            <em>{texts.configure.filledIn}</em>
            <CopyButton
              text={asText(lines)}
              label={texts.configure.copy}
              done={texts.configure.copied}
              failed={texts.configure.copyFailed}
            />
          </div>
          <Lines label={texts.configure.lines(device.name)} lines={lines} />
        </div>
        {missing.length > 0 ? <p className={styles['small']}>{texts.configure.missing(missing)}</p> : null}
        <dl className={styles['notes']} aria-label={texts.configure.explained}>
          {variant.notes.map((note) => (
            <div key={note.term} style={{ display: 'contents' }}>
              <dt>{note.term}</dt>
              <dd>{note.text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  )
}

function Choices({ device, variant, onChange }: Pick<ConfigureProps, 'device' | 'variant' | 'onChange'>) {
  const protocols = protocolsOf(device)
  const releases = device.variants.filter((one) => one.protocol === variant.protocol && one.label !== '')
  return (
    <div className={styles['choices']}>
      <div className={styles['choice']}>
        {texts.configure.protocol}
        {protocols.length > 1 ? (
          <Segments<Protocol>
            label={texts.configure.protocol}
            segments={protocols.map((value) => ({ value, label: value }))}
            value={variant.protocol}
            onChange={(protocol) => onChange({ variant: variantFor(device, protocol, variant.label)?.id ?? '' })}
          />
        ) : (
          <strong>{variant.protocol}</strong>
        )}
      </div>
      {releases.length > 0 ? (
        <div className={styles['choice']}>
          {texts.configure.release}
          {releases.length > 1 ? (
            <Segments
              label={texts.configure.release}
              segments={releases.map((one) => ({ value: one.id, label: one.label }))}
              value={variant.id}
              onChange={(id) => onChange({ variant: id })}
            />
          ) : (
            <strong>{variant.label}</strong>
          )}
        </div>
      ) : null}
    </div>
  )
}

function Lines({ label, lines }: { readonly label: string; readonly lines: readonly (readonly Segment[])[] }) {
  return (
    // What scrolls must be reachable by keyboard.
    <pre className={styles['lines']} tabIndex={0} role="region" aria-label={label}>
      {lines.map((line, index) => (
        <span key={index}>
          {line.map((segment, at) => (
            <Piece key={at} segment={segment} first={at === 0} />
          ))}
          {line.length === 0 ? '\n' : null}
        </span>
      ))}
    </pre>
  )
}

/** The first word of a line is the command. */
function Piece({ segment, first }: { readonly segment: Segment; readonly first: boolean }) {
  if (segment.kind !== 'text') return <mark className={styles[segment.kind]}>{segment.text}</mark>
  const command = first ? /^(\s*)([\w/-]+)/.exec(segment.text) : null
  if (!command) return <>{segment.text}</>
  const [whole, space = '', word = ''] = command
  return (
    <>
      {space}
      <span className={styles['word']}>{word}</span>
      {segment.text.slice(whole.length)}
    </>
  )
}
