// Async generators queue, stop and clean up as the language defines it; the pages come from Rust.
export function iterator(walk) {
  let over = false;

  async function* pagesOf() {
    try {
      for (let page; (page = await walk.next()) !== undefined; ) yield page;
    } finally {
      over = true;
      walk.free();
    }
  }

  async function* recordsOf(pages) {
    for await (const page of pages) yield* page.items;
  }

  const pages = pagesOf();
  const records = recordsOf(pages);
  records.pages = () => pages;
  records.toArray = async (options) => {
    const all = [];
    const limit = over ? 0 : (walk.limit(options) ?? Infinity);
    if (limit > 0) {
      for await (const record of records) {
        all.push(record);
        if (all.length >= limit) break;
      }
    }
    return all;
  };
  return records;
}
