export { fieldsOfLogFormat, formatOfGroup, type LogFormat } from './log-format.js'
export { openLogGroup, type LogGroup, type LogGroupOptions } from './log-group.js'
export type { EventKey, EventStretch } from './stretch.js'
