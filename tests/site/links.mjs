// Follows the links of a site. `crawl` runs in a page of it, whose browser reads the HTML.

/** Fetches every page below `site`, and returns the addresses of all of them, with the links that lead nowhere. */
export async function crawl(site) {
  const broken = [];
  // The anchors of each page or picture; other files have none.
  const anchors = new Map();
  const links = [];
  const queue = [`${site}index.html`];
  while (queue.length > 0) {
    const address = queue.pop();
    if (anchors.has(address)) continue;
    const response = await fetch(address);
    if (!response.ok) broken.push(`${address}: HTTP ${response.status}`);
    const type = response.headers.get("content-type")?.match(/^(text\/html|image\/svg\+xml)/)?.[0];
    const page = type && new DOMParser().parseFromString(await response.text(), type);
    anchors.set(address, page && new Set([...page.querySelectorAll("[id]")].map(({ id }) => id)));
    if (!page) continue;
    for (const element of page.querySelectorAll("[href], [src]")) {
      const link = element.getAttribute("href") ?? element.getAttribute("src");
      const target = new URL(link, address);
      // The views of the dashboard are not anchors.
      if (target.protocol === "data:" || (link.startsWith("#") && element.closest("#views"))) continue;
      const isOutside = !target.href.startsWith(site);
      // Only what a reader clicks may lead to another site, and nothing to the root of this one.
      if (isOutside && !(element.tagName === "A" && target.origin !== location.origin)) broken.push(`${address} has ${link}`);
      if (isOutside) continue;
      links.push([address, link, target]);
      queue.push(target.origin + target.pathname);
    }
  }
  for (const [address, link, { origin, pathname, hash }] of links) {
    if (hash && !anchors.get(origin + pathname)?.has(decodeURIComponent(hash.slice(1)))) broken.push(`${address} has ${link}, without such an anchor`);
  }
  return { pages: [...anchors.keys()], broken };
}
