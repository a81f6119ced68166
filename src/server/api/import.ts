import { CALLS } from '../../shared/api/contract.ts'
import { checkInput } from '../issues.ts'
import type { Route } from './route.ts'
import { readUpload } from './upload.ts'

export const importFile: Route = (app, context) => {
  const { method, path, query } = CALLS.importFile
  // Apart, because here every body is taken as it comes, whatever its type.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.route({
      method,
      url: path,
      handler: async (request) => {
        const { type, layout, name, again } = checkInput(query, request.query)
        return context.upkeep.importFile(readUpload(request.raw), { type, layout, name, again: again === 'true' })
      },
    })
  })
}
