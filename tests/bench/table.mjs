/** A row for `console.table`, with its numbers rounded. */
export const rounded = (row, digits = 2) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === "string" || Number.isInteger(value) ? value : Number(value.toFixed(digits))]));
