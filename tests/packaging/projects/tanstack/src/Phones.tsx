// Phones with search, one list page after the other.
import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { CallCenter } from "omicall-call-center";
import { infinitePhonesQuery } from "omicall-call-center/tanstack";

export function Phones({ callCenter }: { callCenter: CallCenter }) {
  const [keyword, setKeyword] = useState("");
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(infinitePhonesQuery(callCenter, { keyword, size: 5 }));
  const phones = data?.pages.flatMap((page) => page.items);
  return (
    <section>
      <input type="search" aria-label="Search" value={keyword} onChange={(event) => setKeyword(event.target.value)} />
      {error && <p role="alert">{error.kind}: {error.message}</p>}
      <ul id="phones">{phones?.map((phone) => <li key={phone.sip_user}>{phone.sip_user} {phone.full_name}</li>)}</ul>
      {hasNextPage && <button onClick={() => fetchNextPage()}>More</button>}
    </section>
  );
}
