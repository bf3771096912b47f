export { findFiles, reasonOf, type Found, type FoundFile, type UnreadableSource } from './find.js'
export { look, type LineForm, type Look } from './look.js'
export { rewrite, SPOILT, type Rewritten, type Segment } from './rewrite.js'
export { checkIntegrity, intact, type Compression, type Integrity } from './stream.js'
