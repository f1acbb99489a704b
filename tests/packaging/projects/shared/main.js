import { CallCenter, OmiCallError, initAsync } from "omicall-call-center";
import { show } from "./show.js";

show({ CallCenter, OmiCallError, initAsync });
