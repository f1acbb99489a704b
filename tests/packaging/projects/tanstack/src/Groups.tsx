// Ring groups that can be deleted, and a phone's details without its password.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CallCenter } from "omicall-call-center";
import { allGroupsQuery, extensionQuery, omiCallMutation } from "omicall-call-center/tanstack";

export function Groups({ callCenter }: { callCenter: CallCenter }) {
  const { data: groups } = useQuery(allGroupsQuery(callCenter));
  const { data: extension } = useQuery(extensionQuery(callCenter, { type: "sip_user", keyword: "147" }));
  const remove = useMutation(omiCallMutation(callCenter, useQueryClient(), "groups.delete"));
  return (
    <section>
      <ul id="groups">
        {groups?.map((group) => (
          <li key={group._id}>{group.group_name} <button onClick={() => remove.mutate([group._id])}>Delete {group.group_name}</button></li>
        ))}
      </ul>
      <p id="extension">{extension?.full_name}</p>
    </section>
  );
}
