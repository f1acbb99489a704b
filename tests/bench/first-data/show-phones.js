/** Puts the phones on the page, then tells the benchmark how long that took since the navigation began. */
export function showPhones(phones) {
  document.querySelector("#phones").append(
    ...phones.map(({ sip_user, full_name }) => {
      const item = document.createElement("li");
      item.textContent = `${sip_user} ${full_name}`;
      return item;
    }),
  );
  window.reportFirstData(String(performance.now()));
}
