import { TEXTS } from '../../texts.ts'

export function Page() {
  return <h1>{TEXTS.pages.overview}</h1>
}
