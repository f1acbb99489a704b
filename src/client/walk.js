// Async generators queue, stop and clean up as the language defines it; the pages come from Rust.
async function* pagesOf(walk) {
  try {
    for (let page; (page = await walk.next()) !== undefined; ) yield page;
  } finally {
    walk.free();
  }
}

async function* recordsOf(pages) {
  for await (const page of pages) yield* page.items;
}

export function iterator(walk) {
  const pages = pagesOf(walk);
  const records = recordsOf(pages);
  records.pages = () => pages;
  records.toArray = async (options) => {
    const limit = walk.limit(options) ?? Infinity;
    const all = [];
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
