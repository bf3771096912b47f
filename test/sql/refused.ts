/** Queries of the corpus that Trino answers and Weir refuses, and why. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'a column whose values each have a zone of their own': [
    'min-of-timestamps',
    'cast-timestamptz-to-varchar',
    'cast-timestamptz-to-date',
    'cast-timestamptz-to-timestamp',
    'date-format-columns',
    'to-iso8601-timestamptz',
    'hour-in-zone',
  ],
  'JSON functions': [
    'json-extract-scalar',
    'json-extract-scalar-damaged',
    'json-extract',
    'json-parse-and-format',
    'json-cast-to-array',
    'json-cast-to-row',
    'cast-to-json',
    'json-array-functions',
    'json-is-scalar',
    'json-value-and-query',
  ],
  'lambdas that compare, join text or fold groups': [
    'array-sort-lambda',
    'array-sort-lambda-null',
    'reduce-agg',
    'regexp-replace-lambda',
  ],
  'maps compared, united or zipped': ['map-equality', 'map-union', 'map-zip-with'],
  'sketches and weighted percentiles': ['approx-percentile-weighted', 'numeric-histogram-of-few', 'approx-most-frequent'],
  'the type char': ['cast-to-char-pads'],
  'rows compared with the rows of a query': ['row-compare'],
  'WITH RECURSIVE': ['with-recursive'],
  'FETCH FIRST … WITH TIES': ['fetch-first-with-ties'],
  'a bare NULL joined to text, which Trino takes for an array': ['concat-null'],
  'look-around in regular expressions': ['regexp-greedy-and-lookahead'],
  'functions that no question about traffic needs': [
    'ngrams-and-combinations',
    'array-histogram',
    'dot-product-and-cosine',
    'split-to-multimap',
    'format-number',
    'crc-and-bytes',
    'normalize-and-soundex',
    'luhn-check',
    'parse-duration',
  ],
}

/** The reason for each refused query, by the query's name. */
export const refused: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.map(name => [name, reason] as const)),
)
