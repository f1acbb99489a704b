const workers = { phones: new Worker("module-worker.js", { type: "module" }), classic: new Worker("classic-worker.js") };
const problem = document.querySelector("#problem");
let waiting = 2;

for (const [list, worker] of Object.entries(workers)) {
  worker.onerror = (event) => (problem.textContent = `${list}: ${event.message}`);
  worker.onmessage = ({ data: { lines, message } }) => {
    if (message) return (problem.textContent = message);
    for (const line of lines) document.querySelector(`#${list}`).append(Object.assign(document.createElement("li"), { textContent: line }));
    if (--waiting === 0) document.body.dataset.done = "";
  };
}
