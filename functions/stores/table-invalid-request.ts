/** A request no table could carry out: the caller is wrong, and trying again cannot help. */
export class InvalidRequest extends TypeError {
  override readonly name = 'InvalidRequest';
}
