// What a page would load to write the same by hand, before a line of its own: axios, and zod with one small record.
import axios from "axios";
import * as z from "zod";

export { axios };
export const phone = z.looseObject({ sip_user: z.string(), created_date: z.number(), agent_id: z.optional(z.string()) });
