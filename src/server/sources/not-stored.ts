/** What was read cannot be written here: not the fault of where it came from. */
export class NotStored extends Error {
  override readonly name = 'NotStored'
}
