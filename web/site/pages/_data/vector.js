// A delivery with its signature, for trying a check of one's own. Made of nothing real.
import { createHmac } from "node:crypto";

const secret = "not-a-secret-of-anybody";
const body =
  '{"object":"page","entry":[{"id":"101010101010101","time":1764000000,"changes":[{"field":"leadgen","value":{"leadgen_id":"202020202020202","page_id":"101010101010101","form_id":"303030303030303","created_time":1764000000}}]}]}';

export default {
  secret,
  body,
  signature: `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
};
