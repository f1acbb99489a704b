// The package's folder, as it lies on your server or on a CDN.
import * as sdk from "/cdn/omicall-call-center/index.js";
import { show } from "./show.js";

show(sdk);
