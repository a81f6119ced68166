import { CALLS } from '../../shared/api/contract.ts'
import { FORMATS } from '../../shared/api/formats.ts'
import { flowsBody } from '../../shared/api/questions.ts'
import { FLOWS_HEADER } from '../../shared/api/upkeep.ts'
import { resolveRecordQuestion } from '../../shared/query/resolve.ts'
import { checkInput } from '../issues.ts'
import type { Route } from './route.ts'

export const exportFlows: Route = (app, context) => {
  const { method, path, body } = CALLS.exportFlows
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const asked = flowsBody.parse(checkInput(body, request.body ?? {}))
      const question = resolveRecordQuestion(asked, context.names, Date.now())
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { file, bytes, flows } = await context.upkeep.exportFlows(question, gone.signal)
      return reply
        .type(FORMATS.parquet.type)
        .header('content-length', bytes)
        .header(FLOWS_HEADER, flows)
        .header('content-disposition', 'attachment; filename="weir-export.parquet"')
        .send(file.createReadStream({ highWaterMark: 1 << 18 }))
    },
  })
}
