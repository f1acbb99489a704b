// The module within the JavaScript: the first use starts it.
import { CallCenter, OmiCallError } from "omicall-call-center/inline";
import { show } from "./show.js";

show({ CallCenter, OmiCallError, initAsync: () => {} });
