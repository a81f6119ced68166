/** `weir letters`: of a running Weir, or of a data folder. */
import { resolve } from 'node:path'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { lettersQuery } from '../../shared/api/letters.ts'
import { format } from '../../shared/schema/units.ts'
import type { Frozen } from '../frozen.ts'
import { httpOfHolder } from '../holder.ts'
import { layoutOf } from '../intake/decoders/logs/log-format.ts'
import { FolderIntake } from '../intake/folder-intake.ts'
import { LetterBox } from '../intake/letter-box.ts'
import { readAgain } from '../intake/read-again.ts'
import { storable } from '../intake/texts.ts'
import { checkInput } from '../issues.ts'
import { ask } from './ask.ts'
import { timeText } from './basis.ts'
import type { LettersOptions } from './letters.ts'
import { print, say } from './output.ts'

type Letters = Frozen<AnswerOf<'letters'>>
type Again = AnswerOf<'readAgain'>

/** Octets of a record that are shown. */
const SHOWN = 160

export async function runLetters(options: LettersOptions): Promise<void> {
  const server = options.to ?? httpOfHolder(resolve(options.data))
  if (options.again) {
    const result = server === null ? await againHere(options) : await ask(server, 'readAgain', howOf(options))
    if (options.json) await print(`${JSON.stringify(result)}\n`)
    else say(againText(result))
    return
  }
  const { limit } = checkInput(lettersQuery, { limit: options.limit })
  const found =
    server === null ? await new LetterBox(resolve(options.data)).newest(limit) : await ask(server, 'letters', { limit })
  await print(options.json ? `${JSON.stringify(found)}\n` : textOf(found))
}

function howOf({ layout, type, source }: LettersOptions) {
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(type ? { type } : {}),
    ...(source === undefined ? {} : { source }),
  }
}

async function againHere(options: LettersOptions): Promise<Again> {
  const intake = await FolderIntake.open(options.data, say)
  try {
    const { layout, ...how } = howOf(options)
    const box = new LetterBox(resolve(options.data))
    return await readAgain(
      box,
      intake,
      { ...how, layout: layout === undefined ? undefined : layoutOf(layout) },
      Date.now(),
    )
  } finally {
    await intake.close()
  }
}

function againText({ letters, flows, refused }: Again): string {
  if (letters === 0) return 'There are no dead letters to read again.'
  const left = refused > 0 ? `; ${refused.toLocaleString('en')} are refused as before, and kept` : ''
  return `${letters.toLocaleString('en')} dead letters read again: ${flows.toLocaleString('en')} flows${left}.`
}

function textOf({ letters, bytes }: Letters): string {
  if (letters.length === 0) return 'There are no dead letters: every record was taken.\n'
  const shown = letters.map(
    ({ atMs, source, record, reason, loss, text }) =>
      `${timeText(atMs)}  ${storable(source)}, record ${record.toLocaleString('en')}: ${storable(reason)} (${loss})\n    ${storable(JSON.stringify(text.slice(0, SHOWN)).slice(1, -1))}${text.length > SHOWN ? '…' : ''}\n`,
  )
  return `${shown.join('')}The newest ${letters.length} of ${format(bytes, 'B')}; weir letters --again reads them again.\n`
}
