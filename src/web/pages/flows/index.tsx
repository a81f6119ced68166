import { TEXTS } from '../../texts.ts'

export function Page() {
  return <h1>{TEXTS.pages.flows}</h1>
}
