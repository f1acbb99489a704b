// The members of a group, in the order in which they ring: picked from the phones, moved up and down, taken out.
import { offerChoices } from "./choices.js";
import { fromTemplate } from "./templates.js";
import { label, say, words } from "./words.js";

/** The members in a form with `[name=phone]`, `[name=add]` and `.members`. */
export function membersIn(form) {
  const { phone, add } = form.elements;
  const list = form.querySelector(".members");
  let names = new Map();

  add.addEventListener("click", () => {
    if (!phone.value) return phone.focus();
    list.append(row(phone.value));
    changed();
    phone.focus();
  });

  return {
    offer(phones) {
      names = new Map(phones.map(({ sip_user, full_name }) => [sip_user, full_name]));
      offerPhones();
      for (const member of list.children) nameOf(member);
    },
    fill(extensions) {
      list.replaceChildren(...extensions.map(row));
      number();
      offerPhones();
    },
    read,
  };

  function read() {
    return [...list.children].map((member) => member.dataset.extension);
  }

  function row(extension) {
    const member = fromTemplate("member", { extension });
    member.dataset.extension = extension;
    nameOf(member);
    const [up, remove] = member.querySelectorAll("button");
    up.addEventListener("click", () => {
      // The first one goes round to the end: one button is enough for every order.
      if (member.previousElementSibling) member.previousElementSibling.before(member);
      else list.append(member);
      up.focus();
      changed();
    });
    remove.addEventListener("click", () => {
      const next = member.nextElementSibling ?? member.previousElementSibling;
      (next?.querySelector("[name=takeOut]") ?? phone).focus();
      member.remove();
      changed();
    });
    return member;
  }

  function nameOf(member) {
    const { extension } = member.dataset;
    const [up, remove] = member.querySelectorAll("button");
    say(member.querySelector("[data-field=name]"), names.get(extension) ?? "");
    label(up, "aria-label", words("Move {extension} up", { extension }));
    label(remove, "aria-label", words("Remove {extension}", { extension }));
  }

  function changed() {
    number();
    offerPhones();
    form.dispatchEvent(new Event("input"));
  }

  /** The place of each in the record: where its issues show. */
  function number() {
    [...list.children].forEach((member, index) => (member.dataset.path = `/sip_members/${index}`));
  }

  /** Whoever is not in it yet. */
  function offerPhones() {
    const members = new Set(read());
    const others = [...names].filter(([extension]) => !members.has(extension));
    offerChoices(phone, words("Choose a phone"), others.map(([extension, name]) => [extension, `${extension} ${name}`]), "");
  }
}
