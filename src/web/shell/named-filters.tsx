/** Filters kept under names: the present one can be kept, each can be put into the query or dropped. */
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { FILTER_NAME } from '../../shared/query/filter/names.ts'
import { call, type CallError } from '../data/client.ts'
import { Button } from '../parts/button.tsx'
import { FloatingPanel } from '../parts/floating-panel.tsx'
import { notify } from '../parts/notify.ts'
import { TEXTS } from '../texts.ts'
import styles from './named-filters.module.css'

interface NamedFiltersProps {
  readonly anchor: HTMLElement
  /** What stands in the query bar. */
  readonly draft: string
  /** Puts `@name` into the query. */
  readonly onUse: (name: string) => void
  readonly onClose: () => void
}

type Answer = AnswerOf<'filters'>

export default function NamedFilters({ anchor, draft, onUse, onClose }: NamedFiltersProps) {
  const [name, setName] = useState('')
  const client = useQueryClient()
  const asked = useQuery<Answer, CallError>({
    queryKey: ['filters'],
    queryFn: ({ signal }) => call('filters', undefined, signal),
  })
  const taken = (answer: Answer) => client.setQueryData(['filters'], answer)
  const keep = useMutation<Answer, CallError, string>({
    mutationFn: (as) => call('keepFilter', { filter: draft }, undefined, { name: as }),
    onSuccess: (answer, as) => {
      taken(answer)
      notify(TEXTS.named.kept(as))
      setName('')
    },
  })
  const drop = useMutation<Answer, CallError, string>({
    mutationFn: (dropped) => call('dropFilter', undefined, undefined, { name: dropped }),
    onSuccess: taken,
  })
  const filters = asked.data?.filters ?? []
  const fits = FILTER_NAME.test(name)
  const problem =
    asked.error?.message ??
    keep.error?.message ??
    drop.error?.message ??
    (name === '' || fits ? null : TEXTS.named.rule)

  return (
    <FloatingPanel anchor={anchor} label={TEXTS.named.open} onClose={onClose}>
      <div className={styles['panel']}>
        {draft.trim() === '' ? null : (
          <form
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault()
              if (fits) keep.mutate(name)
            }}
          >
            <h3 className={styles['heading']}>{TEXTS.named.keep}</h3>
            <div className={styles['line']}>
              <label className={styles['name']}>
                <span aria-hidden>@</span>
                <input
                  className={styles['input']}
                  aria-label={TEXTS.named.name}
                  aria-invalid={name !== '' && !fits}
                  value={name}
                  maxLength={48}
                  spellCheck={false}
                  autoComplete="off"
                  autoCapitalize="off"
                  data-autofocus
                  onChange={(event) => {
                    keep.reset()
                    drop.reset()
                    setName(event.target.value.toLowerCase())
                  }}
                />
              </label>
              <Button type="submit" variant={fits ? 'filled' : 'default'} disabled={!fits || keep.isPending}>
                {filters.some((each) => each.name === name) ? TEXTS.named.replace : TEXTS.named.save}
              </Button>
            </div>
            <p className={styles['filter']}>{draft.trim()}</p>
          </form>
        )}
        {problem === null ? null : (
          <p className={styles['problem']} role="alert">
            {problem}
          </p>
        )}
        {filters.length > 0 ? (
          <>
            <h3 className={styles['heading']}>{TEXTS.named.open}</h3>
            <ul className={styles['list']}>
              {filters.map((each) => (
                <li key={each.name} className={styles['entry']}>
                  <button
                    type="button"
                    className={styles['use']}
                    title={TEXTS.named.use(each.name)}
                    onClick={() => onUse(each.name)}
                  >
                    <b>@{each.name}</b>
                    <span className={styles['filter']}>{each.filter}</span>
                  </button>
                  {each.usedBy.length > 0 ? (
                    <span className={styles['used']}>{TEXTS.named.usedBy(each.usedBy)}</span>
                  ) : (
                    <Button
                      variant="subtle"
                      icon
                      small
                      aria-label={TEXTS.named.drop(each.name)}
                      disabled={drop.isPending}
                      onClick={() => drop.mutate(each.name)}
                    >
                      <IconTrash size={15} stroke={1.6} aria-hidden />
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className={styles['empty']}>
            {asked.isPending ? TEXTS.named.asking : draft.trim() === '' ? TEXTS.named.none : null}
          </p>
        )}
      </div>
    </FloatingPanel>
  )
}
