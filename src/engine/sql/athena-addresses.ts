/** Sixteen bytes whose first `n` bits are kept. Bits are counted from the front of all, so those of IPv4 begin after 96. */
const PREFIX = `CASE WHEN n BETWEEN 0 AND 128 THEN CAST(substr(concat(substr(b, 1, CAST(n / 8 AS bigint)),
  CASE WHEN n % 8 = 0 THEN X'' ELSE from_hex(lpad(to_base(bitwise_and(from_base(to_hex(substr(b, CAST(n / 8 + 1 AS bigint), 1)), 16), 256 - CAST(pow(2, 8 - n % 8) AS bigint)), 16), 2, '0')) END,
  X'00000000000000000000000000000000'), 1, 16) AS ipaddress) END`

/** Weir's own functions in Trino's words. */
export const ADDRESSES: Readonly<Record<string, (values: readonly string[]) => string>> = {
  address_key: ([address = '']) => `TRY_CAST(${address} AS ipaddress)`,
  address_text: ([key = '']) => `CAST(${key} AS varchar)`,
  address_prefix: ([key = '', length = '']) =>
    `element_at(zip_with(ARRAY[CAST(${key} AS varbinary)], ARRAY[CAST(${length} AS integer)], (b, size) -> element_at(transform(ARRAY[
  CASE WHEN substr(b, 1, 12) <> X'00000000000000000000FFFF' THEN size WHEN size BETWEEN 0 AND 32 THEN size + 96 END], n -> ${PREFIX}), 1)), 1)`,
}

/** Functions that only Weir has. */
export const isAddressFunction = (name: string): boolean => Object.hasOwn(ADDRESSES, name)
