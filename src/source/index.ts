export { openFolder } from './folder.js'
export { placeOf, type Place } from './place.js'
export { reasonOfAws, troubleOfAws, type AwsTrouble } from './aws/reason.js'
export { clientConfig, type AwsOptions } from './aws/options.js'
export {
  fieldsOfLogFormat,
  formatOfGroup,
  openLogGroup,
  regionOfGroup,
  type EventKey,
  type EventStretch,
  type LogFormat,
  type LogGroup,
  type LogGroupOptions,
} from './cloudwatch/index.js'
export { deliveryOf, type Delivery, type DeliveryPlace } from './delivery.js'
export { deliveriesOf, MOST_SAMPLES, type DeliveredLog, type Deliveries, type PassedOver } from './deliveries.js'
export { findFiles, reasonOf, type Found, type FoundFile, type UnreadableSource } from './find.js'
export { look, type LineForm, type Look } from './look.js'
export { OCSF_CLASS, OCSF_FIELDS, OCSF_LAYOUT, type OcsfField } from './ocsf.js'
export type { Fetched, ObjectSource, SourceObject } from './object.js'
export { openS3, type S3Options } from './s3/index.js'
export { removeObjects } from './s3/remove.js'
export { openS3Objects, type S3Objects } from './s3/objects.js'
export { openSqs, type SqsOptions } from './sqs/index.js'
export { samplesOf, type Sample } from './samples.js'
export { rewrite, SPOILT, type Rewritten, type Segment, type Wrapping } from './rewrite.js'
export { WRAPPED_AT } from './unwrap.js'
export { checkIntegrity, intact, type Compression, type Integrity } from './stream.js'
