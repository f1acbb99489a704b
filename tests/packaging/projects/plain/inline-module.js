import * as sdk from "/cdn/omicall-call-center/inline.js";
import { show } from "./show.js";

show(sdk);
