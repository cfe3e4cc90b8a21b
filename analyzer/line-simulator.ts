/** Answers requests that are told in full, policies included, one line of JSON each, without any estate. */
export interface LineSimulator {
  /**
   * The answer to a line of UTF-8, as a line; both without their ends. Throws `INPUT_SYNTAX` or `INPUT_SHAPE`, with the field as pointer,
   * for a line that is no request; the simulator can be asked on.
   */
  answer(line: Buffer): string
}
