// Starts Kamailio, a SIP server, for the extensions of a sandbox: on 127.0.0.1 only, in its own folder, on free ports.
//
//   node tests/kamailio/start.mjs <address of the sandbox> <folder>
//
// starts it for the demo, prints its address, and stops it when this process is stopped. The tests call the functions.
import { execFile, spawn } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CONFIGURATION = fileURLToPath(new URL("kamailio.cfg", import.meta.url));
// Debian installs servers in folders that are only in root's PATH.
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const env = { ...process.env, PATH };

/** The SIP accounts of a world of the sandbox, which are also those of its extensions' details. */
export async function fetchAccounts(world) {
  const token = await (await fetch(`${world}/__sandbox/token`)).text();
  const list = `${world}/api/call_center/internal_phone/list?size=1000`;
  const { payload } = await (await fetch(list, { headers: { authorization: `Bearer ${token}` } })).json();
  return payload.items.map(({ sip_user, domain, password }) => ({ user: sip_user, realm: domain, password }));
}

/** Makes the sandbox return this server in the extensions' details of a world. */
export async function setSipServer(world, address) {
  const response = await fetch(`${world}/__sandbox/sip-server`, { method: "POST", body: address });
  if (!response.ok) throw new Error(`the sandbox rejects ${address}: ${await response.text()}`);
}

/**
 * Prepares a server, to be started with `start()`. `folder` is emptied; it will contain the log.
 * With `tls` it also listens on a second port, with a certificate that is made for it.
 */
export async function createKamailio({ folder, accounts, tls = false }) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(CONFIGURATION, path.join(folder, "kamailio.cfg"));
  await writeFile(path.join(folder, "accounts.cfg"), accountLines(accounts), { mode: 0o600 });

  const port = await freePort();
  const args = ["-DD", "-E", "-f", path.join(folder, "kamailio.cfg"), "-Y", folder, "-m", "32", "-M", "8", "-l", `tcp:127.0.0.1:${port}`];
  const server = { ws: `ws://127.0.0.1:${port}`, log: path.join(folder, "kamailio.log"), start, stop };
  if (tls) {
    const { certificate, key } = await makeCertificate(folder);
    const tlsPort = await freePort();
    args.push("-l", `tls:127.0.0.1:${tlsPort}`, "-A", "WITH_TLS", "-A", `CERTIFICATE="${certificate}"`, "-A", `PRIVATE_KEY="${key}"`);
    server.wss = `wss://127.0.0.1:${tlsPort}`;
    server.certificate = certificate;
    server.key = key;
  }
  let running;
  process.on("exit", () => running?.kill("SIGKILL"));
  return server;

  /** Resolves when it accepts connections. */
  async function start() {
    const log = await open(server.log, "a");
    const child = spawn("kamailio", args, { env, stdio: ["ignore", log.fd, log.fd] });
    const failed = new Promise((_, reject) => child.once("error", reject));
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`Kamailio ended with ${code}; its log is ${server.log}`)));
    // After the start, its end is not an error.
    ended.catch(() => {});
    running = child;
    await Promise.race([failed, ended, waitForPort(port, child)]);
    await log.close();
  }

  /** Resolves when all its processes have ended. */
  async function stop() {
    const child = running;
    running = undefined;
    if (!child || hasEnded(child)) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}

/** Whether the process has ended, by itself or by a signal. */
const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

function accountLines(accounts) {
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

/** Resolves when something listens on the port, or when the process has ended. */
async function waitForPort(port, child) {
  while (!hasEnded(child)) {
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

/** The fingerprint for `--ignore-certificate-errors-spki-list`, with which Chromium trusts only this certificate. */
export async function certificateFingerprint(certificate) {
  const { publicKey } = new X509Certificate(await readFile(certificate));
  return createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [sandbox, folder] = process.argv.slice(2);
  const server = await createKamailio({ folder: path.resolve(folder), accounts: await fetchAccounts(sandbox) });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.stop().then(() => process.exit(0)));
  await server.start();
  await setSipServer(sandbox, server.ws);
  console.log(`listening on ${server.ws}`);
}
