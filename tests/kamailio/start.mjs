// Kamailio, a SIP server, for the extensions of a sandbox: on this machine only, in a folder of its own, at free ports.
//
//   node tests/kamailio/start.mjs <address of the sandbox> <folder>
//
// starts it for the demo, says where it listens, and ends it when it is itself ended. The tests call the functions.
import { execFile, spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CONFIGURATION = fileURLToPath(new URL("kamailio.cfg", import.meta.url));
// Debian puts servers where only root looks.
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const env = { ...process.env, PATH };

/** The SIP accounts of a world of the sandbox: the same that its extensions' details tell. */
export async function accountsOf(world) {
  const token = await (await fetch(`${world}/__sandbox/token`)).text();
  const list = `${world}/api/call_center/internal_phone/list?size=1000`;
  const { payload } = await (await fetch(list, { headers: { authorization: `Bearer ${token}` } })).json();
  return payload.items.map(({ sip_user, domain, password }) => ({ user: sip_user, realm: domain, password }));
}

/** Lets the extensions of a world sign in at this server. */
export async function point(world, address) {
  const answer = await fetch(`${world}/__sandbox/sip-server`, { method: "POST", body: address });
  if (!answer.ok) throw new Error(`the sandbox does not take ${address}: ${await answer.text()}`);
}

/**
 * A server that is not started yet. `folder` is emptied; its log stays there.
 * With `tls` it listens at a second port, with a certificate that is made for it and thrown away.
 */
export async function kamailio({ folder, accounts, tls = false }) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(CONFIGURATION, path.join(folder, "kamailio.cfg"));
  await writeFile(path.join(folder, "accounts.cfg"), linesOf(accounts), { mode: 0o600 });

  const port = await freePort();
  const words = ["-DD", "-E", "-f", path.join(folder, "kamailio.cfg"), "-Y", folder, "-m", "32", "-M", "8", "-l", `tcp:127.0.0.1:${port}`];
  const server = { ws: `ws://127.0.0.1:${port}`, log: path.join(folder, "kamailio.log"), start, stop };
  if (tls) {
    const { certificate, key } = await makeCertificate(folder);
    const tlsPort = await freePort();
    words.push("-l", `tls:127.0.0.1:${tlsPort}`, "-A", "WITH_TLS", "-A", `CERTIFICATE="${certificate}"`, "-A", `PRIVATE_KEY="${key}"`);
    server.wss = `wss://127.0.0.1:${tlsPort}`;
    server.certificate = certificate;
    server.key = key;
  }
  let running;
  process.on("exit", () => running?.kill("SIGKILL"));
  return server;

  /** Resolves when it takes connections. */
  async function start() {
    const log = await open(server.log, "a");
    const child = spawn("kamailio", words, { env, stdio: ["ignore", log.fd, log.fd] });
    const failed = new Promise((_, reject) => child.once("error", reject));
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`Kamailio ended with ${code}; its log is ${server.log}`)));
    // Later it ends because it is told to.
    ended.catch(() => {});
    running = child;
    await Promise.race([failed, ended, answers(port, child)]);
    await log.close();
  }

  /** Resolves when it is gone, with all its processes. */
  async function stop() {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
}

function linesOf(accounts) {
  const realms = new Set(accounts.map(({ realm }) => realm));
  const lines = [...realms].map((realm) => `$sht(realms=>${realm}) = 1;`);
  for (const { user, realm, password } of accounts) {
    lines.push(`$sht(passwords=>${user}@${realm}) = "${password.replace(/["\\]/g, "\\$&")}";`);
  }
  return lines.join("\n") + "\n";
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Resolves when something listens there, or when there is no use in waiting any more. */
async function answers(port, child) {
  while (child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      socket.destroy();
    }
  }
}

async function makeCertificate(folder) {
  const [certificate, key] = ["certificate.pem", "key.pem"].map((name) => path.join(folder, name));
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  await promisify(execFile)("openssl", ["req", "-x509", ...curve, "-days", "2", ...names, "-keyout", key, "-out", certificate]);
  return { certificate, key };
}

/** What `--ignore-certificate-errors-spki-list` takes: this one certificate and no other is believed. */
export async function fingerprint(certificate) {
  const { publicKey } = new X509Certificate(await readFile(certificate));
  return createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [sandbox, folder] = process.argv.slice(2);
  const server = await kamailio({ folder: path.resolve(folder), accounts: await accountsOf(sandbox) });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.stop().then(() => process.exit(0)));
  await server.start();
  await point(sandbox, server.ws);
  console.log(`listening on ${server.ws}`);
}
