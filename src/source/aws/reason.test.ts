import { expect, test } from 'vitest'
import { reasonOfAws } from './reason.js'

const error = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), { name }, more)

test.each([
  [
    'throttled',
    error('SlowDown', 'Please reduce', { $metadata: { httpStatusCode: 503, attempts: 6 } }),
    'AWS asked to slow down 6 times in a row: run again later',
  ],
  [
    'a bucket elsewhere',
    error('PermanentRedirect', 'x', {
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    }),
    'it stands in another region: give --region eu-west-1',
  ],
  [
    'no group',
    error('ResourceNotFoundException', 'The specified log group does not exist.'),
    'there is no such log group in this account and region',
  ],
  [
    'a role',
    error('AccessDenied', 'User: u is not authorized to perform: sts:AssumeRole on resource: r'),
    'the role may not be assumed: User: u is not authorized to perform: sts:AssumeRole on resource: r: check its trust policy and --external-id',
  ],
  [
    'SSO',
    error('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
    'the AWS credentials have expired: sign in again (`aws sso login`) or renew them',
  ],
  [
    'a clock',
    error('RequestTimeTooSkewed', 'x', { $metadata: { httpStatusCode: 403 } }),
    'the clock of this machine differs from that of AWS: set it right',
  ],
  [
    'a HEAD without a body',
    error('403', 'UnknownError', { $metadata: { httpStatusCode: 403 } }),
    'access denied: allow it in the IAM policy and the policy of the bucket or queue',
  ],
  ['a cut', error('Error', 'aborted', { code: 'ECONNRESET' }), 'the connection was cut or fell silent: run again'],
  ['no error at all', 'odd', 'odd'],
])('%s', (_, thrown, reason) => {
  expect(reasonOfAws(thrown)).toBe(reason)
})

test('never tells a credential', () => {
  const reason = reasonOfAws(error('Odd', 'key AKIAIOSFODNN7EXAMPLE at https://user:secret@host/'))
  expect(reason).toBe('Odd: key (key id) at https://host/')
})
