// The layout in every state, on narrow and wide screens, light and dark: nothing overflows. Screenshots for people are in
// target/screenshots/softphone-*.png.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { button, call, callState, lastCall, register, registration, waitForText, setUpSoftphones, callAndAnswer } from "./softphone.mjs";

const fixture = setUpSoftphones("layout");
const { open, onSoftphone, overrideAccount } = fixture;
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

for (const [width, height] of [[320, 640], [360, 740], [768, 900], [1440, 900]]) {
  for (const colorScheme of ["light", "dark"]) {
    onSoftphone(`layout: ${width} px, ${colorScheme} (see target/screenshots)`, async () => {
      const page = await open({ extension: "147" });
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      const look = async (name) => {
        const sideways = await page.evaluate(({ scrollWidth, clientWidth } = document.documentElement) => scrollWidth - clientWidth);
        assert.equal(sideways, 0, `${name} scrolls sideways`);
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: `${SCREENSHOTS}softphone-${name}-${width}-${colorScheme}.png`, animations: "disabled" });
      };
      await look("start");
      await overrideAccount({ sip_password: "not-the-password" });
      await button(page, "Register").click();
      await waitForText(registration(page), /refuses the password/);
      await look("refused");

      await register(page);
      const other = await open({ extension: "145" });
      await register(other);
      await call(other, "147");
      await waitForText(callState(page), /^Calls you$/);
      assert.equal(await page.title(), "145 calls");
      await look("incoming");
      await button(other, "Hang up").click();
      await waitForText(lastCall(page), /^Missed/);
      assert.equal(await page.title(), "Softphone");
      await look("missed");

      await callAndAnswer(page, other, "145");
      await button(page, "Mute").click();
      await page.locator("[aria-pressed=true]").waitFor();
      await button(other, "5").click();
      await page.getByText("145 pressed 5").waitFor();
      await look("call");
    });
  }
}
