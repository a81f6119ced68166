import { TEXTS } from '../../texts.ts'

export function Page() {
  return <h1>{TEXTS.pages.health}</h1>
}
