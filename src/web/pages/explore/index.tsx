import { TEXTS } from '../../texts.ts'

export function Page() {
  return <h1>{TEXTS.pages.explore}</h1>
}
