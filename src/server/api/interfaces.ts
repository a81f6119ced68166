import { resolveInterfaces, type Side } from '../../shared/query/resolve-counters.ts'
import { compare, flowQuestion } from '../interfaces.ts'
import { answer, type Route } from './route.ts'

export const interfaces: Route = (app, context) =>
  answer(app, 'interfaces', async (body, signal) => {
    const { questions, health } = context
    const question = resolveInterfaces(body, Date.now())
    const [counted, names] = await Promise.all([
      questions.counters(question, signal),
      health.interfaceNames(question.exporter),
    ])
    const flowsOf = (side: Side) => questions.query(flowQuestion(question, counted, side), signal)
    const [flowsIn, flowsOut] = await Promise.all([flowsOf('in'), flowsOf('out')])
    return compare(question, counted, { in: flowsIn, out: flowsOut }, names)
  })
