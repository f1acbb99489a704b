// What can be written on the command line, and the help.
import { parseArgs } from "node:util";
import { Cannot } from "./documents.js";

const flag = (en, vi, extra) => ({ type: "boolean", en, vi, ...extra });
const value = (shown, en, vi, extra) => ({ type: "string", shown, en, vi, ...extra });

const OPTIONS = {
  "output": value("FILE", "write to this file, which only you can read", "ghi vào tệp này, chỉ bạn đọc được", { short: "o" }),
  "tenant": value("FILE", "the snapshot, or live", "bản chụp, hoặc live", { short: "t" }),
  "start": value("ID", "a script that a hotline leads to; can be repeated", "kịch bản mà hotline dẫn tới; có thể lặp lại", { multiple: true }),
  "fail-on": value("SEVERITY", "exit with 1 from this severity on: error, warning (default) or hint", "mã thoát 1 từ mức này: error, warning (mặc định) hoặc hint"),
  "match-by": value("id|name", "how records are matched", "cách ghép bản ghi"),
  "mapping": value("FILE", "JSON that says which records are the same: { \"groups\": { \"<id>\": \"<id>\" } }", "JSON cho biết bản ghi nào là một: { \"groups\": { \"<id>\": \"<id>\" } }"),
  "allow-delete": flag("also delete what the desired tenant lacks, and replace greetings that differ", "xoá cả những gì bản mong muốn không có, và thay lời chào khác nhau"),
  "only": value("WHAT", "greeting, group, script, id:<id> or name:<name>; can be repeated", "greeting, group, script, id:<id> hoặc name:<tên>; có thể lặp lại", { multiple: true }),
  "yes": flag("do not ask", "không hỏi lại", { short: "y" }),
  "dry-run": flag("send nothing, only say which steps would fail", "không gửi gì, chỉ cho biết bước nào sẽ thất bại"),
  "undo": flag("take back what the run in the file has done", "hoàn tác những gì lần chạy trong tệp đã làm"),
  "continue-on-error": flag("go on after a step that failed, with those that do not need it", "tiếp tục sau bước thất bại, với các bước không cần nó"),
  "retry-unknown": flag("send steps again whose outcome is not known and which are not there", "gửi lại các bước không rõ kết quả và chưa có trên tổng đài"),
  "run-file": value("FILE", "where plan, progress and undo are kept; default omicall-apply-<time>.json", "nơi giữ kế hoạch, tiến độ và hoàn tác; mặc định omicall-apply-<giờ>.json"),
  "format": value("svg|mermaid", "default svg", "mặc định svg"),
  "focus": value("ID", "only what can be reached from this script, and what leads to it", "chỉ những gì liên quan tới kịch bản này"),
  "base-url": value("URL", "the API's host; default OMICALL_BASE_URL", "máy chủ API; mặc định OMICALL_BASE_URL"),
  "json": flag("print JSON for machines, and nothing else, on standard output", "chỉ in JSON cho máy ra đầu ra chuẩn"),
  "lang": value("en|vi", "the language, English or Vietnamese", "ngôn ngữ, tiếng Anh hoặc tiếng Việt"),
  "help": flag("show this", "hiện trợ giúp", { short: "h" }),
  "version": flag("show the version", "hiện phiên bản"),
};

const EVERYWHERE = ["base-url", "json", "lang", "help", "version"];

const COMMANDS = {
  "snapshot": {
    usage: "snapshot [-o tenant.json]", operands: [0, 0], options: ["output"],
    en: "Save a tenant as one JSON document, without passwords.", vi: "Lưu một tổng đài thành một tài liệu JSON, không có mật khẩu.",
    examples: ["snapshot -o tenant.json", "snapshot --base-url https://public-v1-stg.omicall.com > staging.json"],
  },
  "lint": {
    usage: "lint TENANT", operands: [1, 1], options: ["start", "fail-on"],
    en: "Check all IVR scripts and groups of a tenant.", vi: "Kiểm tra mọi kịch bản IVR và nhóm của một tổng đài.",
    examples: ["lint tenant.json", "lint live --fail-on error --lang vi"],
  },
  "diff": {
    usage: "diff BEFORE AFTER", operands: [2, 2], options: ["match-by", "mapping"],
    en: "Compare two tenants.", vi: "So sánh hai tổng đài.",
    examples: ["diff yesterday.json today.json", "diff production.json live --json"],
  },
  "plan": {
    usage: "plan [CURRENT] DESIRED [-o plan.json]", operands: [1, 2], options: ["output", "allow-delete", "only", "match-by", "mapping"],
    en: "Plan how one tenant becomes like another. Nothing is sent. Without CURRENT, it is the tenant as it is now.", vi: "Lập kế hoạch để tổng đài này thành như tổng đài kia. Không gửi gì. Không có CURRENT thì lấy tổng đài hiện tại.",
    examples: ["plan production.json staging.json", "plan staging.json --only group --only script -o plan.json"],
  },
  "apply": {
    usage: "apply PLAN | RUN | DESIRED", operands: [1, 1], options: ["yes", "dry-run", "continue-on-error", "retry-unknown", "undo", "run-file", "allow-delete", "only", "match-by", "mapping"],
    en: "Show a plan, ask, and apply it. A snapshot is planned first. A run that was broken off goes on; --undo takes it back.", vi: "Hiện kế hoạch, hỏi lại, rồi thực hiện. Bản chụp được lập kế hoạch trước. Lần chạy dở dang được tiếp tục; --undo để hoàn tác.",
    examples: ["apply plan.json", "apply plan.json --dry-run", "apply omicall-apply-20261127-220000.json", "apply omicall-apply-20261127-220000.json --undo"],
  },
  "diagram": {
    usage: "diagram TENANT [-o flow.svg]", operands: [1, 1], options: ["output", "format", "focus"],
    en: "Draw the IVR scripts of a tenant.", vi: "Vẽ các kịch bản IVR của một tổng đài.",
    examples: ["diagram tenant.json > flow.svg", "diagram tenant.json --format mermaid"],
  },
  "who-uses": {
    usage: "who-uses ID|NAME --tenant TENANT", operands: [1, 1], options: ["tenant"],
    en: "Show every place that names a greeting, group, script or extension.", vi: "Hiện mọi nơi dùng một lời chào, nhóm, kịch bản hoặc số nội bộ.",
    examples: ["who-uses \"Night shift\" --tenant tenant.json", "who-uses 147 --tenant live"],
  },
};

// `--api-key` and what else people would try.
const SECRET = /^--?(?:omicall[-_])?(?:api[-_]?key|key|(?:access[-_]?)?token|passw(?:or)?d|secret)(?:=|$)/i;

/** Reads the arguments. Of what is wrong with them, no value is quoted: it may be a key. */
export function readCommandLine(args, words) {
  const secret = args.find((arg) => SECRET.test(arg));
  if (secret) throw new Cannot(words.keyInArgument(secret.split("=")[0]));
  let parsed;
  try {
    const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, { type, short, multiple = false }]) => [name, { type, multiple, ...(short && { short }) }]));
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const name = /'(?:-\w, )?(-{1,2}[\w-]*)/.exec(error.message)?.[1] ?? "";
    throw new Cannot((error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? words.unknownOption : words.wrongOption)(name));
  }
  const { values, positionals: [command, ...operands] } = parsed;
  if (values.lang !== undefined && values.lang !== "en" && values.lang !== "vi") throw new Cannot(words.badOption("--lang", "en, vi"));
  if (command !== undefined && !Object.hasOwn(COMMANDS, command)) throw new Cannot(words.unknownCommand(Object.keys(COMMANDS).join(", ")));
  if (command && !values.help && !values.version) {
    const { options, operands: [least, most], usage } = COMMANDS[command];
    const foreign = Object.keys(values).find((name) => !options.includes(name) && !EVERYWHERE.includes(name));
    if (foreign) throw new Cannot(words.foreignOption(command, `--${foreign}`));
    if (operands.length < least || operands.length > most) throw new Cannot(words.usage(`omicall-call-center ${usage}`));
  }
  return { command, values, operands };
}

/** The help of a command, or of the program. */
export function helpOf(command, language) {
  const isVietnamese = language === "vi";
  const program = "npx omicall-call-center";
  const optionLines = (names) => names.map((name) => {
    const { short, shown } = OPTIONS[name];
    return `  ${`${short ? `-${short}, ` : "    "}--${name}${shown ? ` ${shown}` : ""}`.padEnd(28)} ${OPTIONS[name][language]}`;
  });
  const heads = isVietnamese ? { usage: "Cách dùng", commands: "Lệnh", options: "Tuỳ chọn", examples: "Ví dụ", notes: "Ghi chú" } : { usage: "Usage", commands: "Commands", options: "Options", examples: "Examples", notes: "Notes" };
  const section = (head, lines) => [`${head}:`, ...lines, ""];
  const notes = isVietnamese
    ? ["  Khoá API lấy từ OMICALL_API_KEY (hoặc token từ OMICALL_ACCESS_TOKEN), hoặc được hỏi; không bao giờ là tham số.", "  TENANT là tệp, - (đầu vào chuẩn) hoặc live (tổng đài hiện tại).", "  Mã thoát: 0 ổn, 1 có vấn đề hoặc khác biệt, 2 không làm được, 130 bị ngắt bằng Ctrl-C."]
    : ["  The key is read from OMICALL_API_KEY (or a token from OMICALL_ACCESS_TOKEN), or asked for; it is never an argument.", "  TENANT is a file, - (standard input), or live (the tenant as it is now).", "  Exit codes: 0 clean, 1 issues or differences, 2 cannot, 130 stopped with Ctrl-C."];
  const lines = command
    ? [
        ...section(heads.usage, [`  ${program} ${COMMANDS[command].usage}`]),
        COMMANDS[command][language], "",
        ...section(heads.options, optionLines([...COMMANDS[command].options, ...EVERYWHERE])),
        ...section(heads.examples, COMMANDS[command].examples.map((example) => `  ${program} ${example}`)),
        ...section(heads.notes, notes),
      ]
    : [
        ...section(heads.usage, [`  ${program} ${isVietnamese ? "LỆNH" : "COMMAND"} …`, `  ${program} ${isVietnamese ? "LỆNH" : "COMMAND"} --help`]),
        ...section(heads.commands, Object.entries(COMMANDS).map(([name, about]) => `  ${name.padEnd(10)} ${about[language]}`)),
        ...section(heads.options, optionLines(EVERYWHERE)),
        ...section(heads.notes, notes),
      ];
  return lines.join("\n").trimEnd();
}
