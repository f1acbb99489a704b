// The same page as package.js, written by hand.
import axios from "axios";
import * as z from "zod";
import { showPhones } from "./show-phones.js";

const phone = z.looseObject({
  domain: z.string(),
  outbound_proxy: z.string(),
  sip_user: z.string(),
  password: z.string(),
  full_name: z.string(),
  email: z.string(),
  public_number: z.string(),
  last_updated_date: z.number(),
  created_date: z.number(),
  agent_id: z.string().optional(),
});
const envelope = z.looseObject({
  status_code: z.literal(9999),
  payload: z.looseObject({
    items: z.array(phone),
    page_number: z.number(),
    page_size: z.number(),
    total_items: z.number(),
    total_pages: z.number(),
    has_next: z.boolean(),
    next_page: z.number(),
    has_previous: z.boolean(),
    previous_page: z.number(),
  }),
});

const api = axios.create({ baseURL: location.origin, headers: { Authorization: "Bearer token" } });
const { data } = await api.get("/api/call_center/internal_phone/list", { params: { size: 10 } });
showPhones(envelope.parse(data).payload.items);
