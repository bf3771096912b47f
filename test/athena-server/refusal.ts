/** An error as Athena answers it. */
export class Refusal extends Error {
  constructor(
    readonly type: 'InvalidRequestException' | 'TooManyRequestsException' | 'InternalServerException',
    message: string,
    readonly code?: 'MALFORMED_QUERY',
  ) {
    super(message)
  }

  get status(): number {
    return this.type === 'InternalServerException' ? 500 : 400
  }

  get body(): object {
    const more = this.type === 'InvalidRequestException' ? { AthenaErrorCode: this.code ?? 'INVALID_INPUT' } : {}
    return { __type: this.type, Message: this.message, message: this.message, ...more }
  }
}
