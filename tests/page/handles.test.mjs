// What pages and their libraries do with handles: Proxies, copies, detached methods, frozen objects, and `free()` through any
// of them. Each results in the right call or in `usage`, and never accesses another client's memory.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { addVueAndLodash } from "./libraries.mjs";
import { json, openPage, root, sample, vendor } from "./support.mjs";

const FAMILIES = ["phones", "hotlines", "extensions", "groups", "ivrScripts", "greetings"];
/** The names of `wraps` in the page. */
const WRAPS = ["as it is", "Proxy", "logging Proxy", "Object.create", "ref", "reactive", "cloneDeep", "spread", "frozen", "frozen and reactive", "a Proxy of a copy"];

let chrome, server;

before(async () => {
  const phones = await sample("internal_phone_list");
  const hotlines = await sample("hotline_list");
  chrome = await openPage();
  server = await vendor((request, response, url) => json(response, url.pathname.includes("hotline") ? hotlines : phones));
  await addVueAndLodash(chrome.page);
  await chrome.page.evaluate(() => {
    const { Vue, _ } = window;
    const logging = (target) =>
      new Proxy(target, {
        get(object, key, receiver) {
          const value = Reflect.get(object, key, receiver);
          if (typeof value === "function") return (...all) => value.apply(receiver, all);
          return typeof value === "object" && value !== null ? logging(value) : value;
        },
      });
    window.wraps = {
      "as it is": (handle) => handle,
      Proxy: (handle) => new Proxy(handle, {}),
      "logging Proxy": logging,
      "Object.create": (handle) => Object.create(handle),
      ref: (handle) => Vue.ref(handle).value,
      reactive: (handle) => Vue.reactive(handle),
      cloneDeep: (handle) => _.cloneDeep(handle),
      spread: (handle) => ({ ...handle }),
      frozen: (handle) => Object.freeze(handle),
      "frozen and reactive": (handle) => Vue.reactive(Object.freeze(handle)),
      "a Proxy of a copy": (handle) => new Proxy(_.cloneDeep(Object.create(handle)), {}),
    };
    window.collect = async () => {
      for (let i = 0; i < 3; i++) {
        gc();
        await new Promise((done) => setTimeout(done, 5));
      }
    };
    /** The outcome of a call, which may never settle if the client's memory is corrupt. */
    window.ended = (call) => Promise.race([outcome(call), new Promise((done) => setTimeout(done, 5_000, { kind: "never settled" }))]);
    window.withToken = (base, accessToken) => client(base, { auth: { accessToken } });
  });
});
after(async () => {
  await chrome.close();
  await server.close();
});

for (const wrap of WRAPS) {
  test(`${wrap}: freeing a client does not affect other clients`, async () => {
    server.requests.length = 0;
    const expected = Array.from({ length: 20 }, (_, index) => `token-of-tenant-${index}`);
    const ends = await chrome.page.evaluate(
      async ([base, wrap, expected]) => {
        for (let i = 0; i < 20; i++) wraps[wrap](withToken(base, "token-of-nobody")).free();
        const clients = expected.map((token) => withToken(base, token));
        await collect();
        const ends = await Promise.all(clients.map((one, index) => ended(() => one.phones.list({ keyword: String(index) }))));
        return ends.map(({ value, kind, message }) => value?.items.length ?? `${kind}: ${message}`);
      },
      [server.origin, wrap, expected],
    );
    assert.deepEqual(ends, expected.map(() => 2));
    const sent = server.requests.map(({ query, headers }) => [Number(query.keyword), headers.authorization]).sort(([a], [b]) => a - b);
    assert.deepEqual(sent, expected.map((token, index) => [index, `Bearer ${token}`]));
  });

  test(`${wrap}: freeing a handle does not affect its client`, async () => {
    const ends = await chrome.page.evaluate(
      async ([base, wrap]) => {
        const clients = [];
        for (let i = 0; i < 20; i++) {
          const one = client(base);
          wraps[wrap](one.phones).free();
          clients.push(one, client(base));
        }
        await collect();
        const ends = [];
        for (const one of clients) ends.push(await ended(() => one.hotlines.list()), await ended(() => one.phones.list()));
        return ends.map(({ value, kind }) => (value ? "ok" : kind));
      },
      [server.origin, wrap],
    );
    assert.deepEqual(ends, Array.from({ length: 20 }, () => ["ok", "usage", "ok", "ok"]).flat());
  });

  for (const way of ["free", "Symbol.dispose"]) {
    test(`${wrap}: calls work, and reject with usage after ${way}`, async () => {
      const [works, freed, again] = await chrome.page.evaluate(
        async ([base, wrap, way, families]) => {
          const one = client(base);
          const { phones } = one;
          const wrapped = wraps[wrap](one);
          const works = [];
          for (const handle of [wrapped, wraps[wrap](wrapped)]) {
            works.push(await ended(() => handle.phones.list()), await ended(() => wraps[wrap](handle.phones).list()));
            works.push(await ended(() => handle.phones.iterate().toArray({ limit: 2 })), await ended(() => handle.hotlines.list.call({})));
          }
          const iterator = wrapped.phones.iterate();
          const free = () => wrapped[way === "free" ? way : Symbol.dispose]();
          free();
          free();
          one.free();
          wrapped.phones.free();
          const calls = [() => one.phones.list(), () => wrapped.phones.list(), () => phones.list(), () => wrapped.phones.iterate(), () => iterator.next()];
          for (const family of families) calls.push(() => (wrapped[family].list ?? wrapped[family].detail)({}));
          const freed = [];
          for (const call of calls) freed.push(await ended(call));
          await collect();
          return [works, freed, await ended(() => phones.list())];
        },
        [server.origin, wrap, way, FAMILIES],
      );
      for (const end of works) assert.ok(end.value, end.message);
      for (const { kind, message } of [...freed, again]) {
        assert.equal(kind, "usage", message);
        assert.match(message, /after `free\(\)`/);
      }
    });
  }
}

test("a Vue component may hold its client in a ref and free it on unmount", async () => {
  const ends = await chrome.page.evaluate(async (base) => {
    const other = withToken(base, "token-of-another");
    const ends = [];
    for (let round = 0; round < 30; round++) {
      let listed;
      const setup = () => {
        const callCenter = Vue.ref(client(base));
        const state = Vue.reactive({ phones: callCenter.value.phones });
        listed = ended(() => state.phones.list());
        Vue.onUnmounted(() => callCenter.value.free());
        return () => null;
      };
      const app = Vue.createApp({ setup });
      app.mount(document.createElement("div"));
      app.unmount();
      ends.push(await listed, await ended(() => other.phones.list()));
      await collect();
    }
    return ends.map(({ value, message }) => value?.items.length ?? message);
  }, server.origin);
  assert.deepEqual(ends, Array(60).fill(2));
});

test("creating and freeing clients behind every wrapper does not leak", async () => {
  const [early, late, errors] = await chrome.page.evaluate(async (base) => {
    const errors = [];
    const round = async (count) => {
      for (let i = 0; i < count; i++) {
        for (const wrap of Object.values(wraps)) {
          try {
            const one = client(base);
            wrap(one.phones).free();
            wrap(one).free();
            wrap(wrap(one))[Symbol.dispose]();
          } catch (error) {
            errors.push(String(error));
          }
        }
        if (i % 50 === 0) await collect();
      }
      await collect();
      return [wasm.memory.buffer.byteLength, wasm.table.length];
    };
    return [await round(100), await round(1_000), errors];
  }, server.origin);
  assert.deepEqual(errors, []);
  assert.deepEqual(late, early);
});

test("two pages with two clients each get their own records", async () => {
  const phones = await sample("internal_phone_list");
  // Each token gets records of its own, and the browser may keep them if it likes.
  const echo = await vendor((request, response) => {
    const items = phones.payload.items.map((phone) => ({ ...phone, full_name: request.headers.authorization }));
    response.setHeader("cache-control", "max-age=600");
    json(response, { ...phones, payload: { ...phones.payload, items } });
  });
  const pages = await Promise.all([1, 2].map(async (number) => {
    const page = await chrome.newPage();
    await page.goto(chrome.origin);
    return page.evaluate(async ([base, number]) => {
      const { CallCenter, initAsync } = await import("/pkg/index.js");
      await initAsync();
      const names = ["a", "b"].map(async (letter) => {
        const callCenter = new CallCenter({ baseUrl: base, auth: { accessToken: `${letter}${number}` } });
        const lists = await Promise.all(Array.from({ length: 50 }, () => callCenter.phones.list()));
        return [...new Set(lists.flatMap(({ items }) => items.map((phone) => phone.full_name)))];
      });
      return Promise.all(names);
    }, [echo.origin, number]);
  }));
  await echo.close();
  assert.deepEqual(pages, [1, 2].map((number) => [[`Bearer a${number}`], [`Bearer b${number}`]]));
});

test("free releases memory immediately, not at garbage collection", async () => {
  const [early, late] = await chrome.page.evaluate((base) => {
    // FinalizationRegistry callbacks cannot run during this synchronous function.
    const round = (count) => {
      for (let i = 0; i < count; i++) withToken(base, "x".repeat(2_000)).free();
      return [wasm.memory.buffer.byteLength, wasm.table.length];
    };
    return [round(100), round(5_000)];
  }, server.origin);
  assert.deepEqual(late, early);
});

test("freeing a client while a call reads its arguments completes the call, and does not leak", async () => {
  const [ends, early, late] = await chrome.page.evaluate(async (base) => {
    const freedBy = async (handleOf) => {
      const one = client(base);
      const { phones } = one;
      const during = await ended(() => phones.list({ get page() { handleOf(one).free(); return 1; } }));
      return [during.value?.items.length ?? during.message, (await ended(() => phones.list())).kind];
    };
    const ends = [await freedBy((one) => one), await freedBy((one) => one.phones), await freedBy((one) => new Proxy(one, {}))];
    const round = (count) => {
      for (let i = 0; i < count; i++) {
        const one = withToken(base, "x".repeat(2_000));
        one.phones.list({ get page() { one.free(); throw new Error(); } }).catch(() => {});
      }
    };
    const rounds = async (count) => {
      for (let i = 0; i < count; i++) {
        round(50);
        await new Promise((done) => setTimeout(done));
      }
      await collect();
      return wasm.memory.buffer.byteLength;
    };
    return [ends, await rounds(10), await rounds(100)];
  }, server.origin);
  assert.deepEqual(ends, Array(3).fill([2, "usage"]));
  assert.equal(late, early);
});

test("every method works detached and with any `this`", async () => {
  const [ends, names] = await chrome.page.evaluate(async ([base, families]) => {
    const one = client(base);
    const { list } = one.phones;
    const { list: hotlines } = _.cloneDeep(one).hotlines;
    const ends = [await ended(() => list()), await ended(() => hotlines()), await ended(() => list.call({})), await ended(() => list.call(null, { page: 1 }))];
    const names = {};
    for (const family of families) {
      names[family] = Object.keys(one[family]);
      for (const name of names[family].filter((name) => name !== "free")) {
        // An invalid argument: its error shows that the method received it.
        const call = one[family][name];
        const end = await ended(() => (name === "iterate" ? call(7).next() : call.call({ __wbg_ptr: 8 }, 7)));
        if (end.kind !== "usage" || end.message.includes("free()")) ends.push(`${family}.${name}: ${end.kind} ${end.message}`);
      }
    }
    return [ends, names];
  }, [server.origin, FAMILIES]);
  assert.equal(ends.length, 4, ends.slice(4).join("; "));
  for (const end of ends) assert.ok(end.value, end.message);
  assert.deepEqual(names.phones.toSorted(), ["free", "iterate", "list", "setEnabled"]);
  assert.ok(Object.values(names).every((list) => list.length > 1));
});

test("a detached method keeps its client alive", async () => {
  const count = await chrome.page.evaluate(async (base) => {
    const list = (() => client(base).phones.list)();
    await collect();
    return (await list()).items.length;
  }, server.origin);
  assert.equal(count, 2);
});

test("handles are instances of the exported classes, whose names are not minified", async () => {
  const classes = { callCenter: "CallCenter", ...Object.fromEntries(FAMILIES.map((name) => [name, name[0].toUpperCase() + name.slice(1)])) };
  const [facts, own, wrong] = await chrome.page.evaluate(async ([base, classes]) => {
    const callCenter = client(base);
    const facts = Object.entries(classes).map(([member, name]) => {
      const handle = callCenter[member] ?? callCenter;
      return [sdk[name].name, handle instanceof sdk[name], _.cloneDeep(handle) instanceof sdk[name], handle.constructor === sdk[name], callCenter[member] === callCenter[member]];
    });
    class Mine extends sdk.CallCenter {
      count = async () => (await this.phones.list()).items.length;
    }
    const mine = new Mine({ baseUrl: base, auth: { accessToken: "x" } });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const wrong = [await outcome(() => new sdk.Phones()), await outcome(() => new sdk.Phones(callCenter.phones)), await outcome(() => new sdk.CallCenter(revoked.proxy))];
    return [facts, [mine instanceof sdk.CallCenter, await mine.count()], wrong];
  }, [server.origin, classes]);
  assert.deepEqual(facts, Object.values(classes).map((name) => [name, true, true, true, true]));
  assert.deepEqual(own, [true, 2]);
  for (const { kind, message } of wrong) assert.equal(kind, "usage", message);
});

test("handles have no internal members, and JSON and structuredClone contain no secret", async () => {
  const [keys, text, cloned] = await chrome.page.evaluate(async (base) => {
    const callCenter = withToken(base, "secret-token");
    const keys = [callCenter, callCenter.phones].flatMap((handle) => [...Reflect.ownKeys(handle), ...Reflect.ownKeys(Object.getPrototypeOf(handle))]);
    let cloned;
    try {
      cloned = structuredClone(callCenter);
    } catch (error) {
      cloned = error.name;
    }
    return [keys.map(String).toSorted(), JSON.stringify({ callCenter }), cloned];
  }, server.origin);
  const common = ["Symbol(Symbol.dispose)", "Symbol(nodejs.util.inspect.custom)", "constructor", "free"];
  assert.deepEqual(keys, [...common, ...common, ...FAMILIES, "accessToken", "iterate", "list", "setEnabled"].toSorted());
  assert.equal(cloned, "DataCloneError");
  assert.ok(!text.includes("secret"), text);
});

test("Chromium's console names the class of a handle", async () => {
  const message = new Promise((done) => chrome.page.once("console", done));
  await chrome.page.evaluate((base) => console.log(client(base), client(base).phones), server.origin);
  assert.equal((await message).text(), "CallCenter Phones");
});

test("Node's console shows the class and the base URL but no secret", async () => {
  const { CallCenter } = await import(`${root}/pkg/inline.js`);
  const callCenter = new CallCenter({ baseUrl: "https://crm.example.vn/omicall", auth: { accessToken: "secret-token" } });
  const shown = "CallCenter { baseUrl: 'https://crm.example.vn/omicall' }";
  const copies = [callCenter, new Proxy(callCenter, {}), Object.create(callCenter), Object.freeze(callCenter)];
  for (const copy of copies) assert.equal(inspect(copy), shown);
  assert.equal(inspect({ callCenter }, { colors: false, breakLength: 200 }), `{ callCenter: ${shown} }`);
  assert.equal(inspect(callCenter.phones), "Phones {}");
  assert.doesNotMatch(inspect(callCenter, { customInspect: false, showHidden: true, depth: 9 }), /secret/);
  callCenter.free();
  assert.equal(inspect(callCenter), shown);
});

test("there were no traps", () => {
  const traps = chrome.consoleLines.filter((line) => /uncaught|unreachable|panicked|null pointer|out of bounds|RuntimeError/.test(line));
  assert.deepEqual(traps, []);
});
