// The members of a group in the order in which they ring: added from the phones, moved up, and removed.
import { setAttribute, setText, t } from "./i18n.js";
import { setOptions } from "./select-options.js";
import { fromTemplate } from "./templates.js";

/** The member list of a form with `[name=phone]`, `[name=add]` and `.members`. */
export function createMemberList(form) {
  const { phone, add } = form.elements;
  const list = form.querySelector(".members");
  let names = new Map();

  add.addEventListener("click", () => {
    if (!phone.value) return phone.focus();
    list.append(renderMember(phone.value));
    notifyChange();
    phone.focus();
  });

  return {
    setPhones(phones) {
      names = new Map(phones.map(({ sip_user, full_name }) => [sip_user, full_name]));
      updatePhoneOptions();
      for (const member of list.children) updateName(member);
    },
    fill(extensions) {
      list.replaceChildren(...extensions.map(renderMember));
      updatePaths();
      updatePhoneOptions();
    },
    read,
  };

  function read() {
    return [...list.children].map((member) => member.dataset.extension);
  }

  function renderMember(extension) {
    const member = fromTemplate("member", { extension });
    member.dataset.extension = extension;
    updateName(member);
    const [up, remove] = member.querySelectorAll("button");
    up.addEventListener("click", () => {
      // The first member moves to the end: one button is enough for every order.
      if (member.previousElementSibling) member.previousElementSibling.before(member);
      else list.append(member);
      up.focus();
      notifyChange();
    });
    remove.addEventListener("click", () => {
      const next = member.nextElementSibling ?? member.previousElementSibling;
      (next?.querySelector("[name=remove]") ?? phone).focus();
      member.remove();
      notifyChange();
    });
    return member;
  }

  function updateName(member) {
    const { extension } = member.dataset;
    const [up, remove] = member.querySelectorAll("button");
    setText(member.querySelector("[data-field=name]"), names.get(extension) ?? "");
    setAttribute(up, "aria-label", t("Move {extension} up", { extension }));
    setAttribute(remove, "aria-label", t("Remove {extension}", { extension }));
  }

  function notifyChange() {
    updatePaths();
    updatePhoneOptions();
    form.dispatchEvent(new Event("input"));
  }

  /** The path of each member in the record, for its issues. */
  function updatePaths() {
    [...list.children].forEach((member, index) => (member.dataset.path = `/sip_members/${index}`));
  }

  /** Offers the phones that are not members yet. */
  function updatePhoneOptions() {
    const members = new Set(read());
    const others = [...names].filter(([extension]) => !members.has(extension));
    setOptions(phone, t("Choose a phone"), others.map(([extension, name]) => [extension, `${extension} ${name}`]), "");
  }
}
